//! A way for mail to leave: what kind it is, where it goes, how it is protected and how it signs in.

/// What a route is for. The ids are those of the published JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RouteKind {
    /// The host's own relay, reached without leaving its network.
    HostRelay,
    /// The provider's API over HTTPS: no mail port at all.
    HttpApi,
    /// Delivery to the MX hosts of the recipients, or of the own tenant (RFC 5321, section 5.1).
    Mx,
    /// No route is known.
    None,
    /// Listening for mail from others.
    Receive,
    /// Accepted without signing in: by address, connector or network.
    Relay,
    /// Signed in, by an application, a person, a device or a server that uses a smarthost (RFC 6409).
    Submission,
}

impl RouteKind {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::HostRelay => "host-relay",
            Self::HttpApi => "http-api",
            Self::Mx => "mx",
            Self::None => "none",
            Self::Receive => "receive",
            Self::Relay => "relay",
            Self::Submission => "submission",
        }
    }
}

/// How a connection is protected. The ids are those of the published JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Security {
    /// No TLS.
    Cleartext,
    /// TLS from the first byte (RFC 8314, section 3.3).
    ImplicitTls,
    /// STARTTLS when offered: towards MX hosts only, which must not be required to offer it (RFC 3207, section 4).
    OpportunisticStartTls,
    /// STARTTLS, and nothing is sent without it.
    StartTls,
}

impl Security {
    /// The id in the published JSON.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cleartext => "none",
            Self::ImplicitTls => "implicit",
            Self::OpportunisticStartTls => "starttls-opportunistic",
            Self::StartTls => "starttls",
        }
    }
}

/// A host name, or a pattern that the reader must fill in.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Host {
    /// The name, such as `smtp.example.com` or `<tenant>.mail.example.com`.
    pub name: String,
    /// What to put in its place, when the name is a pattern or one region of several. `None`: use it as it is.
    pub placeholder: Option<String>,
}

/// What kind of proof a server wants, where no mechanism is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignInKind {
    /// A challenge mechanism, such as CRAM-MD5.
    EncryptedPassword,
    /// Kerberos or NTLM of a Windows domain.
    IntegratedWindows,
    /// No sign-in.
    None,
    /// A token (RFC 7628, or XOAUTH2).
    OAuth2,
    /// A password in PLAIN or LOGIN; which of them is not documented.
    Password,
}

impl SignInKind {
    /// What a SASL mechanism proves who one is by (RFC 4422; names as registered with IANA, and `XOAUTH2`). `None`: it is
    /// none of those that mail clients have.
    ///
    /// ```
    /// use portolan_report::SignInKind;
    ///
    /// assert_eq!(SignInKind::of("XOAUTH2"), Some(SignInKind::OAuth2));
    /// assert_eq!(SignInKind::of("SCRAM-SHA-256"), Some(SignInKind::EncryptedPassword));
    /// assert_eq!(SignInKind::of("PLAIN"), Some(SignInKind::Password));
    /// assert_eq!(SignInKind::of("PLAIN-CLIENTTOKEN"), None);
    /// ```
    pub fn of(mechanism: &str) -> Option<Self> {
        Some(match mechanism {
            "PLAIN" | "LOGIN" => Self::Password,
            "XOAUTH2" | "OAUTHBEARER" => Self::OAuth2,
            "NTLM" | "GSSAPI" => Self::IntegratedWindows,
            "CRAM-MD5" | "DIGEST-MD5" => Self::EncryptedPassword,
            challenge if challenge.starts_with("SCRAM-") => Self::EncryptedPassword,
            _ => return None,
        })
    }
}

/// How to sign in. Nothing here is guessed: an empty list of mechanisms means that no source names one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct SignIn {
    /// SASL mechanisms that a source names, such as `PLAIN`.
    pub mechanisms: Vec<String>,
    /// What kinds of proof are taken, where a source says so. Empty: not documented.
    pub kinds: Vec<SignInKind>,
    /// What the user name and the password are, in words.
    pub credentials: Option<String>,
}

impl SignIn {
    /// Whether the server takes mail from this sender without any sign-in.
    pub fn is_none(&self) -> bool {
        self.kinds == [SignInKind::None]
    }
}

/// A way for mail to leave, or to arrive.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Route {
    /// What the route is for.
    pub kind: RouteKind,
    /// Where it goes. `None`: nothing known supplies a host.
    pub host: Option<Host>,
    /// TCP port. `None` for an API and where no route is known.
    pub port: Option<u16>,
    /// Protection. `None` where there is no SMTP connection.
    pub security: Option<Security>,
    /// How to sign in.
    pub sign_in: SignIn,
    /// Address of the API's documentation, for [`RouteKind::HttpApi`].
    pub api: Option<String>,
}
