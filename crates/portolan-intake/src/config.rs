//! Configuration: settings and their values, in files and in code.

/// What a text holds of a configuration.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Settings {
    /// Lines that set something.
    pub(crate) sets: usize,
    /// Lines that are not empty.
    pub(crate) lines: usize,
    /// Names that only a configuration of mail has.
    pub(crate) names: usize,
    /// Signs of code.
    pub(crate) code: usize,
}

impl Settings {
    pub(crate) fn of(text: &str) -> Self {
        let mut settings = Self::default();
        for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            settings.lines += 1;
            settings.sets += usize::from(sets(line));
            let lower = line.to_ascii_lowercase();
            settings.names += usize::from(NAMES.iter().any(|name| lower.contains(name)));
            settings.code += usize::from(CODE.iter().any(|sign| line.contains(sign)));
        }
        settings
    }
}

/// `KEY=value`, `key = value`, `key: value` with a name for a key, `[section]`, `$x->y = z;`, `host: 'x',`, a comment.
fn sets(line: &str) -> bool {
    if line.starts_with(['#', ';']) && !line.starts_with(";;") || line.starts_with("//") {
        return true;
    }
    if line.starts_with('[') && line.ends_with(']') && !line.contains(' ') {
        return true;
    }
    let line = line.strip_prefix("- ").unwrap_or(line);
    let line = [
        "export ", "const ", "let ", "var ", "set ", "ENV ", "smtp_", "$",
    ]
    .iter()
    .fold(line, |line, word| line.strip_prefix(word).unwrap_or(line));
    let Some(at) = line.find(['=', ':']) else {
        return false;
    };
    let (key, value) = line.split_at(at);
    let key = key.trim_end().trim_matches(['"', '\'', '>', '-']);
    let is_key = !key.is_empty()
        && key.len() <= 48
        && key
            .chars()
            .all(|it| it.is_ascii_alphanumeric() || "_.-[]'\"\\/>()".contains(it));
    let value = value.trim_start_matches(['=', ':', '>']);
    // A header of a mail, or a remark with a colon, has capitals and words.
    let is_of_file = at > 0
        && (line.get(at..=at) == Some("=")
            || key
                .chars()
                .all(|it| !it.is_ascii_uppercase() || key.contains('_'))
            || value.trim_start().starts_with(['"', '\'']));
    is_key && is_of_file && !value.trim().is_empty()
        || is_key && value.trim().is_empty() && key.chars().all(|it| !it.is_ascii_uppercase())
}

/// Names that configurations of mail have.
const NAMES: &[&str] = &[
    "account default",
    "auth on",
    "tls on",
    "smtp_host",
    "smtp_port",
    "smtp_user",
    "smtp_pass",
    "smtp_server",
    "smtp_secure",
    "smtphost",
    "smtpport",
    "smtpauth",
    "smtpsecure",
    "mail_host",
    "mail_port",
    "mail_mailer",
    "mail_username",
    "mail_password",
    "mail_encryption",
    "mailer_dsn",
    "mailer_url",
    "email_host",
    "email_port",
    "email_use_tls",
    "email_use_ssl",
    "email_backend",
    "mail_server",
    "mail_use_tls",
    "spring.mail",
    "mail.smtp.",
    "relayhost",
    "smtp_tls_",
    "smtpd_tls_",
    "smtp_sasl_",
    "smtpd_",
    "mynetworks",
    "mydestination",
    "main.cf",
    "createtransport",
    "nodemailer",
    "smtpclient",
    "smtp_ssl(",
    "smtplib.smtp",
    "phpmailer",
    "->host",
    "->port",
    "issmtp",
    "smtp_settings",
    "delivery_method",
    "smtp_sasl",
    "smtp.host",
    "smtp.port",
    "smtp_address",
    "smtp_enabled",
    "enable_starttls",
    "sendmail_path",
    "smtp_auth",
    "smarthost",
    "mailhub",
    "authuser",
    "authpass",
    "usestarttls",
    "tls_starttls",
    "tls_trust_file",
    "wpms_",
    "smtp:",
    "sendemail.",
    "smtpserver",
    "smtpencryption",
    "driver = smtp",
    "protocol = smtp",
    "driver = manualroute",
    "route_list",
    "match from",
    "action \"relay\"",
    "listen on",
    "<smtp ",
    "<network ",
    "mailsettings",
    "plainauth(",
    "smtp.newdialer",
    "newdialer(",
    "smtptransport",
    "smtp_connection",
    "smtp_from",
    "from_address",
    "gf_smtp",
    "gitlab_rails['smtp",
    "use_starttls",
    "use_tls",
];

/// Signs of code.
const CODE: &[&str] = &[
    "=> ",
    "->",
    "();",
    "({",
    "});",
    "import ",
    "require(",
    "new ",
    "def ",
    "<?php",
    "func ",
    "public ",
    "return ",
    "&&",
    "os.environ",
    "env(",
    "System.",
    "var ",
    "const ",
    ");",
];
