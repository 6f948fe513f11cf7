//! The rules that every page keeps, each with what it must refuse and what it must let pass.

use scraper::Html;

use crate::checks;

/// A rule about a page.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    /// What is wrong.
    pub(crate) check: fn(&Html) -> Vec<String>,
    /// Bodies that break it.
    pub(crate) wrong: &'static [&'static str],
    /// Bodies that come close and keep it.
    pub(crate) right: &'static [&'static str],
}

pub(crate) const RULES: &[Rule] = &[
    Rule {
        name: "the parser has nothing to mend",
        check: checks::mended,
        wrong: &["<p><div></p>", "<ul><li></ul></li>", "<b id=a id=b></b>"],
        right: &["<p>a</p>", "<svg><path d=\"M0 0\"></path></svg>"],
    },
    Rule {
        name: "one h1",
        check: checks::one_h1,
        wrong: &["<h2>a</h2>", "<h1>a</h1><h1>b</h1>", "<h1> </h1>"],
        right: &["<h1>a</h1><h2>b</h2>"],
    },
    Rule {
        name: "no level of headings is skipped",
        check: checks::levels,
        wrong: &[
            "<h2>a</h2>",
            "<h1>a</h1><h3>b</h3>",
            "<h1>a</h1><h2>b</h2><h4>c</h4>",
        ],
        right: &["<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>"],
    },
    Rule {
        name: "fields and buttons have names",
        check: checks::fields_and_buttons,
        wrong: &[
            "<input>",
            "<input placeholder=a>",
            "<input aria-labelledby=gone>",
            "<label for=b>a</label><input id=a>",
            "<label> <input></label>",
            "<select><option>a</option></select>",
            "<textarea>a</textarea>",
            "<button><span aria-hidden=true>x</span></button>",
        ],
        right: &[
            "<label>a<input></label>",
            "<label for=a>a</label><input id=a>",
            "<b id=a>a</b><input aria-labelledby=a>",
            "<textarea aria-label=a></textarea>",
            "<button>a</button>",
            "<input type=hidden>",
        ],
    },
    Rule {
        name: "links and summaries have words, and links an address",
        check: checks::links,
        wrong: &[
            "<a href=#a></a>",
            "<a href=#a><svg aria-hidden=true><title>a</title></svg></a>",
            "<a>a</a>",
            "<a href=\"\">a</a>",
            "<details><summary> </summary>a</details>",
        ],
        right: &[
            "<a href=#a>a</a>",
            "<a href=#a aria-label=a><svg></svg></a>",
            "<details><summary>a</summary></details>",
        ],
    },
    Rule {
        name: "groups, regions and tables have names",
        check: checks::groups,
        wrong: &[
            "<div role=radiogroup></div>",
            "<pre role=region>a</pre>",
            "<section><p>a</p></section>",
            "<form></form>",
            "<table><tr><td>a</td></tr></table>",
            "<figure>a</figure>",
        ],
        right: &[
            "<div role=group aria-label=a></div>",
            "<div><section aria-labelledby=a></section><h2 id=a>a</h2></div>",
            "<section><h3>a</h3></section>",
            "<table><caption>a</caption></table>",
            "<figure><figcaption>a</figcaption></figure>",
        ],
    },
    Rule {
        name: "a fieldset begins with its legend",
        check: checks::legends,
        wrong: &[
            "<fieldset><p>a</p></fieldset>",
            "<fieldset><legend> </legend></fieldset>",
            "<fieldset><p>a</p><legend>b</legend></fieldset>",
        ],
        right: &["<fieldset><legend>a</legend><p>b</p></fieldset>"],
    },
    Rule {
        name: "radio buttons stand in a group",
        check: checks::radios,
        wrong: &[
            "<label><input type=radio name=a>a</label>",
            "<fieldset><label><input type=radio>a</label></fieldset>",
        ],
        right: &[
            "<fieldset><input type=radio name=a></fieldset>",
            "<div role=radiogroup><input type=radio name=a></div>",
        ],
    },
    Rule {
        name: "ids are unique",
        check: checks::ids,
        wrong: &[
            "<b id=a></b><i id=a></i>",
            "<b id=\"\"></b>",
            "<b id=\"a b\"></b>",
        ],
        right: &["<b id=a></b><i id=b></i>"],
    },
    Rule {
        name: "references lead to an id",
        check: checks::references,
        wrong: &[
            "<b aria-labelledby=a></b>",
            "<b id=a aria-describedby=\"a b\"></b>",
            "<b aria-controls=a></b>",
            "<b aria-activedescendant=a></b>",
            "<label for=a></label>",
            "<a href=#a>a</a>",
        ],
        right: &[
            "<b id=a></b><i id=c aria-labelledby=\"a c\"></i><a href=#a>a</a>",
            "<a href=#/advise>a</a>",
            "<a href=https://example.com/#a>a</a>",
        ],
    },
    Rule {
        name: "nothing is inline",
        check: checks::inline,
        wrong: &[
            "<b style=\"color:red\"></b>",
            "<b onclick=a()></b>",
            "<style>b{}</style>",
            "<script>a()</script>",
            "<script type=module>a()</script>",
            "<a href=\" JavaScript:a()\">a</a>",
            "<iframe srcdoc=a></iframe>",
        ],
        right: &[
            "<script type=application/json>{}</script>",
            "<b class=style></b>",
        ],
    },
    Rule {
        name: "other hosts are linked to and learn nothing",
        check: checks::foreign,
        wrong: &[
            "<a href=https://example.com>a</a>",
            "<a href=https://example.com rel=noopener>a</a>",
            "<a href=//example.com rel=\"noopener noreferrer\">a</a>",
            "<a href=http://example.com rel=\"noopener noreferrer\">a</a>",
            "<img alt=\"\" src=https://example.com/a.png rel=\"noopener noreferrer\">",
        ],
        right: &[
            "<a href=https://example.com rel=\"noreferrer noopener\">a</a>",
            "<a href=#/advise>a</a>",
        ],
    },
    Rule {
        name: "lists are lists",
        check: checks::lists,
        wrong: &[
            "<div role=list></div>",
            "<ul><p>a</p></ul>",
            "<div><li>a</li></div>",
            "<ul role=listbox><li>a</li></ul>",
        ],
        right: &[
            "<ul role=list><li>a</li></ul>",
            "<ol><li>a</li></ol>",
            "<ul role=listbox><li role=option>a</li></ul>",
        ],
    },
    Rule {
        name: "pictures are named or hidden",
        check: checks::pictures,
        wrong: &[
            "<svg></svg>",
            "<svg role=img></svg>",
            "<svg aria-label=a></svg>",
            "<img src=a>",
        ],
        right: &[
            "<svg aria-hidden=true></svg>",
            "<svg role=img><title>a</title></svg>",
            "<img src=a alt=\"\">",
            "<img src=a alt=b>",
        ],
    },
    Rule {
        name: "landmarks, each once, and a first link into the main one",
        check: checks::landmarks,
        wrong: &[
            "<a href=#a>a</a><header></header><main><b id=a></b></main>",
            "<a href=#a>a</a><header></header><main><b id=a></b></main><main></main><footer></footer>",
            "<header><a href=#/>a</a></header><main id=b></main><footer></footer>",
            "<a href=#a>a</a><header id=a></header><main></main><footer></footer>",
        ],
        right: &[
            "<a href=#a>a</a><header></header><main><header></header><b id=a></b></main><footer></footer>",
        ],
    },
    Rule {
        name: "the keyboard goes in the order of the page",
        check: checks::tab_order,
        wrong: &["<b tabindex=1></b>"],
        right: &["<b tabindex=0></b><b tabindex=-1></b>"],
    },
    Rule {
        name: "who has no scripts is told",
        check: checks::no_script,
        wrong: &[
            "<p>a</p>",
            "<noscript></noscript>",
            "<noscript><p hidden>a</p></noscript>",
        ],
        right: &["<noscript><p>a</p></noscript>"],
    },
    Rule {
        name: "each port is explained in a table",
        check: checks::ports,
        wrong: &[
            "<p>25, 465, 587, 2525</p>",
            "<table><tr><th scope=row>25<td>a<tr><th scope=row>465<td>a<tr><th scope=row>587<td>a</table>",
            "<table><tr><th scope=row>25<td>a<tr><th scope=row>465<td><tr><th scope=row>587<td>a<tr><th scope=row>2525<td>a</table>",
            "<table hidden><tr><th scope=row>25<td>a<tr><th scope=row>465<td>a<tr><th scope=row>587<td>a<tr><th scope=row>2525<td>a</table>",
        ],
        right: &[
            "<table><tr><th scope=row>25<td>a<tr><th scope=row>465<td>a<tr><th scope=row>587<td>a<tr><th scope=row>2525<td>a</table>",
        ],
    },
];
