//! A static server with a delay for the Wasm, a driver, and a browser, each ended when it is dropped.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test says so when it fails"
)]
#![expect(unreachable_pub, reason = "part of one test")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use xtask_host::Answer;

/// The built site under a path of several parts, on a port of its own.
pub struct Site {
    port: u16,
    /// Every path that was asked for.
    pub asked: Arc<Mutex<Vec<String>>>,
    wasm_delay_ms: Arc<AtomicU64>,
    refused: Arc<Mutex<String>>,
}

/// Where the site is mounted: deeper than the root, so that an absolute path would fail.
const MOUNT: &str = "/deep/sub/";

impl Site {
    pub fn serve() -> Self {
        Self::of(dist())
    }

    /// The site as `cargo xtask dist --doh` builds it with this resolver: its address in the page, and its origin in the
    /// policy of page and headers.
    pub fn asking(doh: &str) -> Self {
        Self::with(dist(), Some(doh.to_owned()))
    }

    /// Another folder in the site's place.
    pub fn of(folder: PathBuf) -> Self {
        Self::with(folder, None)
    }

    fn with(folder: PathBuf, doh: Option<String>) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let wasm_delay_ms = Arc::new(AtomicU64::new(0));
        let refused = Arc::new(Mutex::new(String::new()));
        let (log, delay, missing) = (asked.clone(), wasm_delay_ms.clone(), refused.clone());
        let port = xtask_host::serve(0, move |url| {
            let missing = missing.lock().unwrap().clone();
            if !missing.is_empty() && url.contains(&missing) {
                return Answer::not_found();
            }
            let answer = answer(url, &folder, &log, &delay);
            match &doh {
                Some(doh) => with_resolver(answer, &folder, doh),
                None => answer,
            }
        })
        .unwrap();
        Self {
            port,
            asked,
            wasm_delay_ms,
            refused,
        }
    }

    pub fn url(&self, rest: &str) -> String {
        format!("http://127.0.0.1:{}{MOUNT}{rest}", self.port)
    }

    pub fn hold_wasm_back(&self, time: Duration) {
        self.wasm_delay_ms
            .store(u64::try_from(time.as_millis()).unwrap(), Ordering::SeqCst);
    }

    /// Has nothing to give whose name holds this; an empty text: everything is there.
    pub fn refuse(&self, part: &str) {
        part.clone_into(&mut self.refused.lock().unwrap());
    }

    pub fn was_asked_for(&self, part: &str) -> bool {
        self.asked
            .lock()
            .unwrap()
            .iter()
            .any(|path| path.contains(part))
    }
}

fn answer(url: &str, folder: &Path, asked: &Mutex<Vec<String>>, delay: &AtomicU64) -> Answer {
    let path = url.split('?').next().unwrap();
    asked.lock().unwrap().push(path.to_owned());
    let Some(rest) = path.strip_prefix(MOUNT).filter(|it| !it.contains("..")) else {
        return Answer::not_found();
    };
    let rest = if rest.is_empty() { "index.html" } else { rest };
    let kind = match Path::new(rest).extension().and_then(|it| it.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript",
        Some("css") => "text/css",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    };
    if kind == "application/wasm" {
        std::thread::sleep(Duration::from_millis(delay.load(Ordering::SeqCst)));
    }
    match std::fs::read(folder.join(rest)) {
        Ok(body) => Answer {
            status: "200 OK",
            headers: vec![("Content-Type", kind.to_owned())],
            body,
        },
        Err(_) => Answer::not_found(),
    }
}

/// What the build writes for a resolver.
fn with_resolver(mut answer: Answer, folder: &Path, doh: &str) -> Answer {
    const OWN: &str = "connect-src 'self';";
    let origin: Vec<&str> = doh.splitn(4, '/').take(3).collect();
    let named = format!("connect-src 'self' {};", origin.join("/"));
    let is_page = answer
        .headers
        .iter()
        .any(|(_, value)| value.starts_with("text/html"));
    if is_page {
        let html = String::from_utf8(answer.body).unwrap();
        assert!(html.contains(OWN) && html.contains(" lang="));
        let html = html.replacen(" lang=", &format!(" data-doh=\"{doh}\" lang="), 1);
        answer.body = html.replacen(OWN, &named, 1).into_bytes();
    }
    // A worker goes by the headers, not by its page.
    let headers = std::fs::read_to_string(folder.join("_headers")).unwrap();
    let policy = headers
        .lines()
        .find_map(|it| it.trim().strip_prefix("Content-Security-Policy: "))
        .unwrap();
    assert!(policy.contains(OWN));
    let policy = policy.replacen(OWN, &named, 1);
    answer.headers.push(("Content-Security-Policy", policy));
    answer
}

fn dist() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../dist");
    let folder = std::env::var_os("PORTOLAN_DIST").map_or(here, PathBuf::from);
    assert!(
        folder.join("index.html").exists(),
        "no site in {}: run `cargo xtask dist`",
        folder.display()
    );
    folder
}

/// A browser with a driver of its own.
pub struct Browser {
    driver: Child,
    pub page: WebDriver,
}

/// How a browser looks at the page.
#[derive(Clone, Copy)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub is_dark: bool,
    pub has_scripts: bool,
}

pub const DESK: Look = Look {
    width: 1280,
    height: 900,
    is_dark: false,
    has_scripts: true,
};

impl Browser {
    pub async fn open(look: Look) -> Self {
        let (driver, port) = start_driver();
        let mut wanted = DesiredCapabilities::chrome();
        for argument in [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
        ] {
            wanted.add_arg(argument).unwrap();
        }
        let page = WebDriver::new(&format!("http://127.0.0.1:{port}"), wanted)
            .await
            .unwrap();
        let browser = Self { driver, page };
        browser
            .tell(
                "Emulation.setDeviceMetricsOverride",
                json!({ "width": look.width, "height": look.height, "deviceScaleFactor": 1, "mobile": look.width < 500 }),
            )
            .await;
        let scheme = if look.is_dark { "dark" } else { "light" };
        let features = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        browser.tell("Emulation.setEmulatedMedia", features).await;
        browser
            .tell(
                "Emulation.setScriptExecutionDisabled",
                json!({ "value": !look.has_scripts }),
            )
            .await;
        let listen = "window.violations=[];addEventListener('securitypolicyviolation',e=>violations.push(e.violatedDirective+' '+e.blockedURI))";
        browser
            .tell(
                "Page.addScriptToEvaluateOnNewDocument",
                json!({ "source": listen }),
            )
            .await;
        browser
    }

    /// A command of the browser's own protocol.
    pub async fn tell(&self, command: &str, parameters: Value) -> Value {
        self.page.cdp().send_raw(command, parameters).await.unwrap()
    }

    /// Opens an address and waits until the page is alive.
    pub async fn visit(&self, url: &str) {
        self.page.goto(url).await.unwrap();
        self.wait("return document.documentElement.hasAttribute('data-live')")
            .await;
    }

    /// Waits until a script returns true.
    pub async fn wait(&self, script: &str) {
        let start = Instant::now();
        while self.run(script).await != Value::Bool(true) {
            assert!(
                start.elapsed() < Duration::from_secs(15),
                "never came true: {script}"
            );
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn run(&self, script: &str) -> Value {
        self.page
            .execute(script, Vec::new())
            .await
            .unwrap()
            .json()
            .clone()
    }

    /// Types into whatever has the focus.
    pub async fn press(&self, keys: impl Into<TypingData>) {
        let field = self.page.active_element().await.unwrap();
        // Whatever is sent to a choice of files the driver takes for the name of one.
        if field.attr("type").await.unwrap().as_deref() == Some("file") {
            self.page
                .action_chain()
                .send_keys(keys)
                .perform()
                .await
                .unwrap();
            return;
        }
        field.send_keys(keys).await.unwrap();
    }

    /// The text of the first element that fits.
    pub async fn text(&self, selector: &str) -> String {
        let script = format!("return document.querySelector({selector:?})?.textContent ?? ''");
        self.run(&script)
            .await
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    pub async fn close(self) {
        let _ = self.page.clone().quit().await;
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// A driver that listens, and where.
///
/// It takes a free IPv4 port and then wants the same number for IPv6, which somebody else may have by then: it ends
/// without a port, and another try gets another one.
fn start_driver() -> (Child, u16) {
    let program = std::env::var("CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".to_owned());
    let mut said = Vec::new();
    let mut attempt = 0;
    loop {
        attempt += 1;
        assert!(
            attempt <= TRIES,
            "chromedriver never named a port; it said:\n{}",
            said.join("\n")
        );
        let mut driver = Command::new(&program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is missing: install the packages chromium and chromium-driver");
        if let Some(port) = port_of(&mut driver, &mut said) {
            return (driver, port);
        }
        let _ = driver.kill();
        let _ = driver.wait();
    }
}

const TRIES: u32 = 8;

/// The port that a driver names; none when it ends without one. What it says is kept for the report.
fn port_of(driver: &mut Child, said: &mut Vec<String>) -> Option<u16> {
    let mut lines = BufReader::new(driver.stdout.take()?).lines();
    let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
        let port = line
            .split_once("on port ")
            .and_then(|(_, after)| after.trim_end_matches('.').parse().ok())
            .filter(|port| *port > 0);
        said.push(line);
        port
    });
    // The pipe must be read on, or the driver blocks when it is full.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    port
}
