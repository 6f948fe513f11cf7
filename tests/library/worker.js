import { load } from "portolan";

onmessage = async ({ data }) => {
  const { analyze } = await load();
  postMessage(analyze(data).cause);
};
