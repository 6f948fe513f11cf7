//! Words and phrases that are signs, by theme; `phrases` says how they match.
//!
//! A theme is a list with `|` between its phrases: as one string they take no table of pointers in Wasm. A phrase that
//! begins with a letter outside of ASCII leaves it out where it may be a capital.

/// What a phrase is a sign of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Theme {
    /// A delivery report.
    Bounce,
    /// A field of a delivery report (RFC 3464).
    BounceField,
    /// A piece of a program or of a configuration that sends mail.
    Code,
    /// A key of an explanation that the command line printed.
    Explained,
    /// A failure.
    Fault,
    /// What people say to explain how something is done.
    Guide,
    /// What a setting is called in a client.
    Label,
    /// A word of mail.
    Mail,
    /// A failure of a network or of TLS.
    Network,
    /// A word that denies.
    Not,
    /// What servers offer and say in a dialogue.
    Offer,
    /// A key of a probe's report.
    Probe,
    /// DNS records, and tools that ask for them.
    Records,
    /// A record of a mail server.
    Server,
    /// A key of a log's tally that the command line printed.
    Tally,
    /// What fails on the way: a host, a network, a certificate, an account.
    Thing,
    /// What programs say when something is thrown.
    Thrown,
    /// Tools that show a dialogue.
    Tool,
    /// How a report speaks to the sender of a mail.
    Yours,
}

/// The phrases, in the order of the themes.
pub(crate) const THEMES: [(Theme, &str); 19] = [
    (
        Theme::Bounce,
        "mailer-daemon|mail delivery subsystem|mail delivery system|mail delivery failed|mail delivery failure\
        |undelivered mail returned to sender|returned mail|returning message to sender|delivery status notification\
        |failure notice|undeliverable|undeliverable:*|non-delivery report|nondeliverable|delivery report|delivery failure|delivery has failed to these recipients\
        |delivery to the following recipient*|delivery incomplete|delivery notification|i'm sorry to have to inform you\
        |this is the mail system at host|created automatically by mail delivery software|could not be delivered to*\
        |could not be delivered for more than*|couldn't be delivered|could not be delivered to one or more*|wasn't delivered|was not delivered|could not deliver your message*|couldn't deliver your message*\
        |unable to deliver your message|wasn't able to deliver your message|unable to deliver message to*|problem delivering your message|message you sent could not be delivered\
        |message that you sent could not be delivered|message could not be delivered|message has not been delivered|has not yet been delivered|message not delivered|message blocked\
        |following address(es) failed|following addresses had*|following recipients could not be reached|did not reach the following recipient*|the response from the remote server was\
        |diagnostic information for administrators|generating server|remote server returned|transcript of session follows\
        |original message was received at|original message headers|below this line is a copy of the message|message headers follow|retry timeout exceeded\
        |will retry for|giving up on|i've given up|remote host said|does not like recipient|this is a permanent error\
        |address not found|recipient address rejected by*|not listed in domino directory|message delayed|delayed mail|warning: message*|(expanded from*|considered unsolicited bulk*|subscribers may post*|not a member of this*|only members*|the group you tried to contact*\
        |unzustellbar*|nicht zugestellt werden|konnte nicht zugestellt*|nicht alle empfänger erreicht|empfänger nicht erreicht|empfänger können nicht erreicht werden|unzustellbarkeitsbericht|zustellbericht\
        |fehler bei der nachrichtenzustellung|zustellung fehlgeschlagen|die zustellung an folgende*|e-mail konnte nicht zugestellt\
        |pas pu être remis*|pas pu être livré*|pas pu être distribué*|chec de la remise|chec de remise|non remis|message non distribué|n'a pas été remis|remise du message*\
        |no se pudo entregar|no se ha podido entregar|no ha sido entregado|no se ha entregado|no se entregó|no pudo ser entregado|devuelto al remitente|error en la entrega|correo no entregado\
        |não foi possível entregar|não foi entregue|não pôde ser entregue|falha na entrega|mensagem não entregue|devolvida ao remetente\
        |impossibile recapitare|non è stato recapitato|mancato recapito|messaggio non recapitato\
        |niet worden afgeleverd|kon niet worden bezorgd|niet bezorgd\
        |配信できません*|配信不能*|配達できません*|配信されませんでした*|送信できませんでした。次の*|不達*|退信*|被退回*|退回的邮件*|无法投递*|无法送达*|未能送达*|投递失败*|未送達*|無法傳遞*\
        |не доставлено*|не удалось доставить*|не было доставлено*|недоставленн*|не может быть доставлен*|отчет о доставке*|не доставлен*",
    ),
    (
        Theme::BounceField,
        "from: mailer-daemon*|from: postmaster*|from: mail delivery*|from: \"mail delivery*|reporting-mta:|final-recipient:|original-recipient:|diagnostic-code:|remote-mta:|action: failed|action: delayed\
        |feedback-type:|arrival-date:|last-attempt-date:|will-retry-until:|original-envelope-id:|received-from-mta:|report-type=delivery-status|report-type=\"delivery-status\"\
        |multipart/report|message/delivery-status|x-failed-recipients:|x-postfix-queue-id:|x-actual-recipient:|auto-submitted: auto-replied (failure)|x-ms-exchange-message-is-ndr",
    ),
    (
        Theme::Code,
        "createtransport*|new phpmailer*|->issmtp*|->smtpauth|->smtpsecure|smtp_settings|action_mailer*|relayhost|smtp_sasl_*|smtpd_*|smtp_tls_*\
        |sasl_passwd|mynetworks|mydestination|email_host|email_port|email_use_tls|email_use_ssl|email_backend|mail_host|mail_port|mail_mailer|mail_driver|mail_encryption\
        |smtp_host|smtp_port|smtp_server|smtp_addr|smtp_address|smtp_user|smtp_username|smtp_tls|smtp_secure|smtp_password|smtp_pass|smtp_from|smtp_ssl\
        |enablessl|new smtpclient|smtplib.smtp|smtplib.smtp_ssl|import smtplib|sendmail_path|sendmail_from|smtp.sendmail|mail.smtp.auth|mail.smtp.host|mail.smtp.port|mail.smtp.starttls*|mail.smtp.ssl*|mail.smtp.user|spring.mail.*\
        |smarthost|smarthosts|smart_host|dc_smarthost|manualroute|hosts_require_auth|hosts_require_tls|route_list|action relay|action \"relay\"|relay host smtp*|match from*|table secrets*|listen on lo*|mailhub|usestarttls|authuser|authpass|rewritedomain|fromlineoverride|account default|tls_starttls|tls_trust_file|passwordeval\
        |gomail.newdialer|smtp.plainauth|mail.newdialer|new smtptransport|new transport*|swift_smtptransport|mailer_dsn|mailer_url|delivery_method|define( 'wpms_*|define('wpms_*\
        |wpms_*|ini_set*|send-mailmessage|$smtpserver|smtpserver|from_email|default_from_email|mail.from*|starttls_auto|enable_starttls|auth_plain|submission inet n|smtps inet n|smtp inet n|syslog_name\
        |define(`*|feature(`*|plugins.smtp*|notifiers|email_configs|smtp_smarthost|smtp_auth_username|smtp_require_tls|auth_username|postmaster_address|primary_hostname|lettre::*|smtptransport::relay|mailkit.net.smtp|.connectasync*|net::smtp.new*|net::smtp.start|email::sender*|smtpport|smtphost|smtpuser|smtppass|sendemail|smtpencryption",
    ),
    (
        Theme::Explained,
        "\"cause\"|\"findings\"|\"stage\"|\"also\"|\"confidence\"",
    ),
    (
        Theme::Fault,
        "failed|failure|fails|fail to*|failing|could not|couldn't|cannot|can't|can not|unable to|refused|rejected|denied|error|errors|errored|invalid|not accepted|not authenticated|unauthenticated\
        |authentication unsuccessful|not allowed|not permitted|unknown user|user unknown|mailbox full|not found|does not exist|unavailable|aborted|expired|bounced|deferred|blocked|blacklisted|blocklisted|greylisted|greylisting|too many|exceeded|disconnected|dropped|unexpected*|must issue|try again|rejecting|gave up|giving up|not offered|not offer|not connected|not sent|won't send|doesn't send|does not send|not sending|not deliver*|didn't send|did not send|nothing goes out|stuck|problem|warning|fatal\
        |fehlgeschlagen*|fehler*|gescheitert|konnte nicht*|kann nicht*|nicht möglich|abgelehnt|abgewiesen|verweigert|zurückgewiesen|ungültig*|gesperrt|schlug fehl|nicht gesendet|nicht gefunden|unbekannt*|nicht senden|zeitüberschreitung*\
        |chec|chec de*|choué*|erreur*|impossible de*|impossible d'*|refusé*|rejeté*|n'a pas pu*|ne peut pas*|invalide*|introuvable*|délai*|a expiré|incorrecte*\
        |no se pudo*|no se puede*|no se ha podido*|falló|fallo|rechazó|rechazado*|denegado*|inválid*|no es posible|ha fallado|incorrecto*|contraseña incorrecta|tiempo de espera*\
        |não foi possível*|falhou|falha*|recusad*|rejeitad*|negad*|não conseguiu*|tempo limite*|erro|esgotad*|não pôde*\
        |impossibile*|errore*|non riuscit*|rifiutat*|mislukt*|fout|niet mogelijk|geweigerd\
        |失敗*|エラー*|できません*|できませんでした*|拒否*|無効*|タイムアウト*|接続できません*|失败*|错误*|無法*|无法*|拒绝*|超时*|不正确*|未能*|被拒绝*|異常*|错误代码*|連線逾時*|실패*|오류*\
        |шибка*|е удалось*|сбой*|отказ*|отклонен*|отклонён*|тказано*|неверн*|еверный*|невозможно*|превышен*|истекло*|тклонено*",
    ),
    (
        Theme::Guide,
        "please|you can|you may|you must|you need to|you will need|make sure|we recommend|recommended|recommend|click|choose|select|enter|open the|configure|set up|setup|how to|for example|note that|note:|if you*|use the following|following settings|use port|use the|in order to|instead|required|optional|default|supported|by default|step 1|follow these steps|your account|your client|your network|see also|troubleshooting|check that|frequently asked|we support|is available|listens on|we listen on|do not use|should|tick|go to|log in to|sign in to|help center|contact support|your users\
        |bitte|wählen sie|geben sie*|klicken sie|stellen sie*|verwenden sie|nutzen sie|können sie|tragen sie*|ihre vollständige|einrichten|einstellungen|sie müssen|empfehlen wir|wir empfehlen\
        |veuillez|cliquez|choisissez|sélectionnez|saisissez|utilisez|paramètres|configurer|votre adresse*|vous pouvez|vous devez\
        |haga clic|seleccione|introduzca|utilice|configuración|configurar|su dirección*|puede usar|su cuenta\
        |clique|selecione|digite|utilize|use o*|configurações|sua conta|você pode|seu cliente*|o seu*\
        |fare clic|impostazioni|inserire|selezionare|utilizzare|klik op|instellingen|gebruik\
        |クリック*|設定*|選択*|入力*|ご利用*|してください*|请*|设置*|点击*|选择*|输入*|使用*|配置*|設定方法*|нажмите*|выберите*|введите*|настройк*|укажите*|используйте*|полный адрес*",
    ),
    (
        Theme::Label,
        "outgoing server|outgoing mail|outgoing mail server|outgoing server name|outgoing (smtp)|outgoing email|incoming server|incoming mail|incoming (imap)|incoming (pop)|smtp server|smtp host|smtp hostname|smtp port|smtp username|smtp user|smtp password|smtp settings|smtp server address|smtp relay|smtp auth|smtp authentication|smtp endpoint|server name|server address|server hostname|hostname|host name|mail server|mail settings|email settings|server settings|connection settings|port number|port|ports|encryption|encryption method|connection security|security type|ssl/tls|ssl|tls|starttls|implicit tls|authentication method|authentication|requires authentication|user name|username|login|your full email address|full email address|your email address|email address|normal password|app password|api key|imap|pop3|mail client|mail program|email client\
        |postausgang|postausgangsserver*|ausgangsserver|postausgangs-server|posteingang*|benutzername|kennwort|passwort|verschlüsselung*|verbindungssicherheit|servername|anschluss|serveradresse|authentifizierung|sicherheit|protokoll\
        |serveur sortant|serveur d'envoi|serveur smtp|courrier sortant|chiffrement|nom d'utilisateur|mot de passe|serveur entrant|sécurité\
        |servidor saliente|correo saliente|servidor de correo*|servidor smtp|puerto|cifrado|nombre de usuario|contraseña|autenticación|seguridad\
        |servidor de saída|saída|porta|criptografia|nome de usuário|nome do usuário|senha|segurança|autenticação|servidor de envio\
        |server in uscita|posta in uscita|crittografia|nome utente|uitgaande server|uitgaande mail|poort|versleuteling|gebruikersnaam|wachtwoord\
        |送信サーバー*|送信メールサーバー*|送信サーバ*|ポート*|暗号化*|ユーザー名*|ユーザ名*|パスワード*|認証*|メールアドレス*|发件服务器*|发送邮件服务器*|发送服务器*|端口*|加密*|用户名*|密码*|服务器地址*|授权码*|身份验证*|寄件伺服器*|連接埠*\
        |исходящей почты*|сервер исходящ*|порт*|ащита соединения*|шифрование*|имя пользователя*|мя пользователя*|пароль*|адрес сервера*|входящей почты*",
    ),
    (
        Theme::Mail,
        "smtp*|esmtp|mail*|email*|e-mail*|mailer|postfix*|sendmail*|exim*|qmail|phpmailer|nodemailer|starttls|imap|mx|mailbox*|recipient*|sender*|relay*|message could not*|messages to*|outlook|thunderbird|gmail|exchange|ehlo|helo|spf|dkim|dmarc|dsn|msmtp|ssmtp|smtplib|opensmtpd|smtpd|dovecot|mailgun|sendgrid|postmaster|kumomta|powermta|bounce*|postausgang*|nachricht*|empfänger*|courrier*|courriel*|message*|correo*|mensaje*|mensagem|mensagens|messaggio|posta|bericht\
        |メール*|送信*|邮件*|郵件*|收件人*|почт*|сообщени*|письм*|메일*",
    ),
    (
        Theme::Network,
        "timed out|time out|timeout|eauth|esocket|econnection|eenvelope|emessage|edns|enetunreach|eai_again|connection refused|connection reset*|connection lost|connection closed|connection timed out|connect failed|econnrefused|etimedout|econnreset|enotfound|ehostunreach|network is unreachable|no route to host|host unreachable|no such host|name or service not known|getaddrinfo*|could not resolve*|cannot resolve*|name resolution|nodename nor servname*|certificate verify failed|unable to get local issuer certificate|self signed certificate|self-signed certificate|wrong version number|ssl routines|handshake failure|handshake failed|certificate has expired|ssl3_get_record|unknownissuer|x509:*|sslhandshakeexception|pkix path*|broken pipe|schannel|sec_e_*|ет маршрут*|евозможно*|execution expired|unexpected eof|eof|i/o timeout|dial tcp*|operation timed out|connection attempt failed|actively refused it|remote host closed*|did not properly respond|unexpectedly closed*|host is down|no peer certificate*|tls handshake*|unrecognized ssl message\
        |verbindung*|verbindungsaufbau*|name oder dienst*|keine route*|connexion*|nom ou service*|conexión*|conexão*|connessione*|verbinding*|接続*|连接*|連線*|соединени*|подключ*|время ожидания*",
    ),
    (
        Theme::Not,
        "not|no|none|never|nothing|doesn't|don't|didn't|isn't|wasn't|won't|unknown|missing|closed|lost|forcibly|interrupted|incorrect|mismatch|exceeds|over quota|busy|bad|wrong|unsupported|empty|without|loops|refuses|limited|duplicated|illegal|too large|too long|too big|too busy|fatal|insufficient|misspelled|revoked|malformed\
        |nicht|kein*|unbekannt*|ungültig*|falsch*|abgelaufen|unterbrochen|temporärer|n'est pas|pas|aucun*|inconnu*|temporaire|ninguna|ningún|desconocid*|inaccesible*|não|fora de*|desconhecid*|non|nessun*|irraggiungibile*|niet|geen\
        |недоступ*|неизвест*|нет|не|сбой*|разорван*|недействит*|амоподписан*|ません*|不明*|無効*|越え*|失敗*|没有*|不可*|未知*|未能*|失败*|无效*|不存在*|不支持*|不正确*",
    ),
    (
        Theme::Offer,
        "esmtp|starttls|pipelining|8bitmime|enhancedstatuscodes|smtputf8|chunking|at your service|end data with*|queued as|go ahead|connected to|connecting to|connection opened",
    ),
    (Theme::Probe, "\"schema\"|\"target\"|\"steps\""),
    (
        Theme::Records,
        "v=spf1|v=dmarc1|v=dkim1|v=stsv1|v=tlsrptv1|v=bimi1|spf2.0/pra|mail exchanger =|mail is handled by|descriptive text|domain name pointer|;; answer section|;; question section|;; got answer|<<>> dig|non-authoritative answer|_domainkey|_dmarc|_mta-sts|in-addr.arpa|ip6.arpa|$origin|$ttl|has address|has ipv6 address|is an alias for|canonical name =|name = *|nameserver =|text =|nxdomain|servfail|type: txt|type: mx|type: cname|record type|txt record*|mx record*|\"answer\":*|\"status\":0*|nameexchange|primary server|origin =|mail addr =|e=spf1|include:_spf*|type txt|type mx|has no mx record|has no txt record|ttl|not found: 3*",
    ),
    (
        Theme::Server,
        "status=deferred|status=bounced|status=sent|status=expired|status=undeliverable|stat=*|dsn=*|relay=*|noqueue|noqueue:*|delays=*|nrcpt=*|queue active|mta delivery|mta-out|starting delivery|delivery failure|deferral:*|r=dnslookup|t=remote_smtp|\"transientfailure\"|\"delivery\"|\"reception\"|\"bounce\"|dsnstatus|dsndiag|bouncecat|timelogged|connector-id|#software: microsoft exchange|smtp send protocol log|smtp receive protocol log|recipient_status|message_subject|event-id|source-context|recipient-status|mailer=esmtp|mailer=smtp|lost connection after|disconnect from|connect from|smtp-in|smtp-out|saslauthd*|sasl_username*|sasl_method*|result=\"*|delivery_attempt*|\"event\":\"failed\"|\"event\":\"bounce\"|\"event\":\"deferred\"|smtp-code|smtp_code|\"delivery-status\"|\"recipient\":*|msgid=*|size=*|helo=*|\"smtpd\"|\"smtpc\"|\"deliverer\"|cipher=*|origtolist|tracking-id",
    ),
    (
        Theme::Tally,
        "\"log\"|\"records\"|\"causes\"|\"bounced\"|\"deferred\"",
    ),
    (
        Theme::Thing,
        "server|host|hostname|hosts|network|connection|connections|certificate|tls|ssl|starttls|auth|sasl|domain|dns|socket|name service|lookup|address|userid|user|users|peer|transport|alert|authentication|authenticator*|token|login|loop|mailing list|subscribers|altnames|protocol version|protocol|principal|crypto|error number|socket error|resource temporarily|os error|system call|greeting|quota|credentials|password|port|security certificate|remote party|remote end|remote error\
        |netzwerk*|rechner|dienst|verbindung*|zertifikat*|remotezertifikat*|namensauflösung|benutzer*|passwort|réseau|hôte*|nom|serveur*|certificat*|utilisateur*|résolution*|la red|ruta|nombre|servicio*|servidor*|certificado*|resolución*|rede|rota|nome|serviço*|resolução*|rete|certificato|parte connessa|verbinding*\
        |сеть*|узла*|хост*|имен*|имя*|мя или*|служб*|сертификат*|соединени*|маршрут*|оединение*|еть недоступ*|ホスト*|ネットワーク*|名前*|サービス*|証明書*|経路*|リモート*|サーバー*|主机*|网络*|名称*|证书*|域名*|路由*|远程*|服务器*|伺服器*",
    ),
    (
        Theme::Thrown,
        "error:|errors:|fatal error|exception|unhandled*|uncaught*|traceback*|panic:|panicked at*|thread 'main'*|stack trace|caused by|nested exception*|thrown in|goroutine|raise|error code|errno*|error number*|error 0x8*|(0x8*|0x8*|\"error\":*|\"errors\":*|\"message\":*|failed:|err=*|error=*|responsecode*|server response*|server responded|server replied|the server said|mail server responded|remote server said|said:|die antwort*|le serveur a répondu*|el servidor respond*|服务器返回*|サーバーの応答*|сервер ответил*|ответ сервера*|antwortete*|warning: mail()*|warning: fsockopen()*|notice: *",
    ),
    (
        Theme::Tool,
        "escape character is|connected(0*|debug smtp|client -> server|server -> client|smtp -> from server*|smtp -> get_lines*|connection established to|tls started with cipher|ssl handshake has read|verify return*|send: 'ehlo*|reply: retcode*|smtp<<*|smtp>>*|=== trying*|=== connected*|curl: (67)*|creating transport*|trying to connect to host*|<-- 2*|--> ehlo*|sent: ehlo*|openssl s_client*|telnet|swaks*",
    ),
    (
        Theme::Yours,
        "your message|your mail|your email|your e-mail|message you sent|mail you sent|message to|mail to|delivery to|ihre nachricht|deine nachricht|ihre e-mail|votre message|su mensaje|tu mensaje|sua mensagem|il tuo messaggio|il messaggio|uw bericht|je bericht|din besked|ditt meddelande|viestisi|twoja wiadomość|vaše zpráva\
        |您的邮件*|あなたのメッセージ*|お客様のメッセージ*|ваше сообщение|ваше письмо",
    ),
];
