//! The words that the reader knows, in six languages: folded to ASCII, lower case.
//!
//! Commas part them. A star at the end stands for any ending. Several words are a phrase, which beats its single words.
//! What the words lead to is decided elsewhere.

use crate::meaning::Meaning;

/// What is said by which words.
pub(crate) const GROUPS: &[(Meaning, &str)] = &[
    (
        Meaning::SMTP,
        "smtp*, outgoing, outbound, submission, sending, mailer, postausgang*, ausgang, \
         ausgangs*, ausgehend*, versand*, sortant*, envoi*, expedition, saliente*, salida, \
         envio*, enviar, saida, uscita, in uscita, invio, authsmtp, nodemailer, phpmailer, \
         postfix, action_mailer, mailhog, mailpit, relayhost, smarthost, mailhub, send mail, \
         send email",
    ),
    (
        Meaning::INCOMING,
        "imap*, pop, pop3*, incoming, inbound, receiving, posteingang*, eingang*, eingehend*, \
         empfang*, abruf*, entrant*, reception, entrante*, entrada, recepcion, recebimento, \
         arrivo, entrata, in arrivo, in entrata, ricezione, sieve, managesieve, dovecot, \
         popmail, imapmail",
    ),
    (
        Meaning::OTHER,
        "http, https, web, website, webmail, ftp, sftp, ftps, ssh, mysql, postgres*, redis*, \
         ldap*, nginx, apache, database*, db, datasource, caldav, carddav, calendar*, smb, \
         snmp, snmptrap, telnetd, dns, ntp, management, http_*, https_*, server.port, \
         listeners, mongodb, rabbitmq, elasticsearch, whm, webdav, proxy, rdp, activesync, \
         datenbank*, kalender*, base de datos, base de donnees, banco de dados, kafka, \
         memcached, prometheus, grafana",
    ),
    (
        Meaning::PORT,
        "port, ports, puerto, puertos, porta, porte, porto, portas, portos, portnummer*, anschluss, \
         anschlussnummer, these ports, those ports, any port, ces ports, estos puertos, queste porte, \
         estas portas, diese ports, diesen ports, smtp-port, tcp-port, serverport, \
         smtpport, smtpports, mailport, emailport, serverport, hostport, smtpsport, sslport, \
         tlsport, remoteport, portnumber",
    ),
    (
        Meaning::START,
        "starttls*, start tls, explicit tls, explicit ssl, explicit, explizit*, explicite, \
         explicito, esplicito, usestarttls, opportunistic tls, smtpstarttls, enablestarttls, \
         requiretls, stls, starttlswhenavailable, ssl-reqd, enablessl, usessl",
    ),
    (
        Meaning::SSL,
        "ssl, enablessl, usessl, ssl3, smtpssl, ssltls, sslonconnect, ssl_on_connect",
    ),
    (
        Meaning::TLS,
        "tls, usetls, enabletls, tls1, smtptls, s_client",
    ),
    (
        Meaning::IMPLICIT,
        "smtps, implicit, implicit tls, implicit ssl, tls wrapper, tlswrapper, wrapper, \
         von beginn an, von anfang an, implizit*, implicite, implicito, implicita, \
         from the start, from the beginning, from the first byte, des la connexion, \
         desde el inicio, desde el principio, desde o inicio, dall inizio, fin dall inizio, \
         encryption_smtps",
    ),
    (
        Meaning::PLAIN,
        "unencrypted, plaintext, cleartext, clear text, unverschlusselt*, no encryption, \
         without encryption, not encrypted, ohne verschlusselung, keine verschlusselung, \
         nicht verschlusselt, sans chiffrement, sans cryptage, non chiffre*, non crypte*, \
         en clair, sin cifrado, sin cifrar, sin encriptar, sin encriptacion, sin seguridad, \
         no cifrad*, no encriptad*, sem criptografia, sem cifra, sem encriptacao, \
         sem seguranca, nao criptografad*, senza crittografia, senza cifratura, \
         senza crittografazione, non cifrat*, non crittografat*, non criptat*, in chiaro, \
         sans securite, aucun chiffrement, nessuna crittografia, nessuna cifratura, \
         nessuna sicurezza, sin cifra, no security, no tls, no ssl, im klartext, klartext, \
         en texto plano, not secure, non secure, insecure, unsicher, ungesichert, kein tls, \
         kein ssl, keine sicherheit, nao cifrad*, no segur*, non sicur*, nao segur*, non ssl, \
         nao ssl, non tls, non-secure, non-encrypted, non encrypted",
    ),
    (
        Meaning::OFFER,
        "impostate, inserite, utilizzate, scegliete, indicate, mettete, metti, metta, provate, digitate, \
         digita, selezionate, setzen, setze, trage, gib, stelle, tippen, mets, tapez, cochez, \
         selectionnez, utilise, choisis, saisis, elige, cambia, selecciona, marque, configuren, usen, \
         utilicen, ponha, preencha, altere, escolher, must, muss, faut, hay, debe, deve, va, vanno, bisogna, occorre, work, funktionieren, fonctionne, fonctionnera, marche, funciona, funcionara, funziona, funzionera, \
         listen, please, provide, offer, support, run, bitte, nimm, bieten, anbieten, unterstutzen, proposons, \
         offrons, plait, favor, ofrecemos, admitimos, oferecemos, offriamo, supportiamo, only, nur, seul, seule, seuls, solo, soltanto, solamente, somente, unico, use, enter, choose, select, set, configure, type, switch, change, also, too, accepts, accepted, \
         accept, available, offers, offered, supports, supported, listens, works, open, allowed, \
         recommended, alternativ*, answers, pick, put, \
         auch, ebenfalls, verwenden, verwende, nutzen, nutze, wahlen, wahle, eintragen, eingeben, geben, \
         stellen, tragen, andern, wechseln, unterstutzt, verfugbar, akzeptiert, angeboten, bereit, \
         lauscht, funktioniert, geht, \
         aussi, egalement, accepte, acceptee, utilisez, utiliser, choisissez, choisir, saisissez, \
         saisir, renseignez, indiquez, entrez, configurez, mettez, remplacez, passez, essayez, \
         prenez, disponible*, propose, ouvert, ecoute, repond, activez, \
         tambien, acepta, utilice, use, usa, elija, escriba, escribe, introduzca, introduce, indique, \
         configure, configura, ponga, pon, seleccione, cambie, pruebe, admite, ofrece, escucha, \
         responde, abierto, \
         tambem, aceita, aceito, utilize, escolha, informe, digite, insira, coloque, selecione, \
         troque, mude, tente, disponivel, oferece, escuta, aberta, \
         anche, accetta, accettat*, usare, usate, utilizzare, utilizza, scegliere, scegli, inserire, \
         inserisci, impostare, imposta, indicare, provare, prova, digitare, selezionare, seleziona, \
         disponibil*, supporta, ascolta, aperta, risponde",
    ),
    (
        Meaning::EVERY,
        "both, all, every, each, any of, alle, allen, aller, beide*, jede*, tous, toutes, \
         chaque, les deux, los dos, las dos, los tres, todos, todas, ambos, ambas, cada, \
         tutti, tutte, entrambi, entrambe, ogni, os dois, as duas, whichever, samtlich*, \
         stets, always, immer, toujours, siempre, sempre, these ports, those ports, any port, \
         ces ports, estos puertos, queste porte, estas portas, diese ports, diesen ports",
    ),
    (
        Meaning::SAME,
        "same, mismo*, misma*, meme, memes, gleich*, derselbe, dieselbe*, denselben, \
         demselben, stess*, mesmo*, mesma*, identical, unchanged, identisch, identique*, \
         identic*, igual, iguales, iguais",
    ),
    (
        Meaning::LIKEWISE,
        "same way, same options, same settings, same goes, mismas opciones, mismos ajustes, \
         misma forma, mismo modo, de meme, memes options, memes parametres, memes reglages, \
         ebenso, genauso, likewise, gleichen einstellungen, gleichen optionen, \
         stesse opzioni, stesse impostazioni, stesso modo, mesmas opcoes, mesma forma, \
         mesmo modo, mesmas configuracoes, igualmente, similarly, meme chose",
    ),
    (
        Meaning::YES,
        "checked, ticked, angehakt, coche, cochee, marcado, marcada, selezionato, spuntato, ein, an, yes, true, on, 1, ja, oui, si, sim, enabled, required, aktiviert, active, activado, \
         attivo, attiva, ativado, erforderlich, requis, requise, requerido, obligatorio, \
         richiesto, always, encrypt",
    ),
    (
        Meaning::NO,
        "aus, deaktiviert, desactive, desactivado, desativado, disattivato, disattivata, apagado, desligado, false, off, 0, none, nein, keine, aucun, aucune, ninguno, ninguna, nenhum, nenhuma, \
         nessuno, nessuna, null, disabled, nao, no, non",
    ),
    (
        Meaning::HOSTKEY,
        "host, hostname, server, servername, serveur, servidor, address, smtpserver, \
         smtphost, mailserver, mailhost, relayhost, mailhub, smarthost, endpoint*, \
         serveradresse, indirizzo, name, nom, nombre, nome, adresse, direccion, endereco, serverhost, relay, postausgangsserver, ausgangsserver, \
         nome do servidor, nombre del servidor, nom du serveur, mta",
    ),
    (
        Meaning::SECKEY,
        "secure, security, encryption, encryptionmethod, verschlusselung*, sicherheit, \
         verbindungssicherheit, securite, chiffrement, cryptage, seguridad, cifrado, \
         encriptacion, conexion, seguranca, criptografia, sicurezza, crittografia, cifratura, \
         smtpsecure, protection, crypto, connection, connexion, conexao, connessione, \
         encriptacao, smtpcrypto",
    ),
    (
        Meaning::USE,
        "neben, besides, outre, ademas, alem, oltre, takes, accept*, sul, sulla, nel, nella, dem, im, am, beim, aux, ao, num, numa, pelo, pela, dal, dalla, sie, hier, usted, vous, you, use, using, uses, take, try, on, to, with, choose, select, set, listen, via, pour, \
         fur, para, per, through, switch, move, for, nehmen, nehme, nimmt, auf, mit, uber, \
         verwenden, verwende, nutzen, stattdessen, zu, utiliser, utilisez, prenez, sur, avec, \
         choisissez, essayez, usa, usar, utilice, elija, pruebe, con, por, en, al, su, usare, \
         utilizzare, scegliere, lasciare, provare, alla, sulla, tente, escolha, com, na, no, \
         em, utilize, ou, or, oder, o, y, and, und, et, e, either, entweder, soit, el, la, \
         le, die, der, lo, mude, troque, prefer, recommend*, suggest, offer, offers, support, \
         supports, empfehlen, conseillons, recommandons, recomendamos, consigliamo, \
         bevorzugt, start, work, passez, about, cambie, cambia, as, are, is, ist, est, es",
    ),
    (
        Meaning::RECOMMENDED,
        "recommended, recommend, recommends, preferred, empfohlen*, empfehlen, empfiehlt, bevorzugt*, \
         recommande, recommandee, recommandons, conseille, conseillee, conseillons, prefere, preferee, \
         recomendado, recomendada, recomendamos, recomienda, preferido, preferida, raccomandato, \
         raccomandata, consigliato, consigliata, consigliamo, preferito, preferita",
    ),
    (
        Meaning::FOLLOW,
        "ein, ab, um, used, benutzt, verwendet, gesetzt, with, or, and, instead, as, on, for, if, when, which, mit, oder, und, wenn, falls, \
         nehmen, verwenden, nutzen, ist, is, are, avec, ou, et, si, pour, comme, sur, con, o, \
         u, y, para, como, en, com, e, se, come, su, em, over, using, uses, will, works, \
         should, at, via, require*, only, eintragen, auf, fur, zu, sont, est, es, son, sono, \
         sao, einstellen, wahlen, too",
    ),
    (
        Meaning::LINK,
        "ip, number, numbers, no, nummer, numero, is, are, the, to, should, be, must, of, for, \
         with, die, der, das, den, ist, sind, lautet, auf, fur, le, la, les, est, sont, sur, \
         pour, de, du, el, los, es, son, para, il, lo, per, di, da, a, o, os, as, e, default, \
         standard, server, client, either, entweder, soit, value, wert, valeur, valor, \
         valore, use, usa, using, su, in, mit, con, avec, com, sao, sono, tcp, usar, \
         utiliser, recommended, empfohlen, admitidos, disponibles, available, supported, \
         range, alternative, secure, encrypted, connection, outgoing, field, feld",
    ),
    (
        Meaning::AND,
        "and, or, und, oder, sowie, et, ou, y, o, u, e, as well as, bzw, either, then, \
         oppure, bien, alternatively, alternativ, respectively, auch",
    ),
    (
        Meaning::PRONOUN,
        "them, diesen, dieses, diesem, jener, cet, cette, ces, celle, celui-ci, esto, esa, estas, esos, \
         esse, essa, isso, isto, estes, questi, queste, quello, quella, it, this, that, these, which, er, sie, dieser, diese, der, welcher, il, ils, elle, \
         ce, cela, celui, qui, este, esta, ese, estos, que, questa, questo, che, ela, ele, \
         they, es, dies, desde, no, non, nao",
    ),
    (
        Meaning::LAST,
        "the last, last one, der letzte, die letzte, letzterer, le dernier, la derniere, \
         el ultimo, la ultima, l ultima, l ultimo, o ultimo, a ultima, the latter, letztere",
    ),
    (
        Meaning::WITHOUT,
        "without, ohne, sans, sin, senza, sem, no, kein, keine, disable",
    ),
];

/// What makes the first label of a host one that takes mail.
pub(crate) const MAILISH: &str = "smtp, mail, email, relay, outgoing, submission, mailout, mailer, send, authsmtp, \
     postout, asmtp, msa, smarthost, out, mta, correo, posta, exchange";

/// What makes the first label of a host one that something else answers at.
pub(crate) const NOT_MAIL: &str = "www, api, webmail, db, docs, doc, help, support, static, cdn, mx, autodiscover, \
     autoconfig, ftp, ns, ns1, ns2, vpn, redis, mysql, pg, git, github, blog, status, \
     console, dashboard, login, portal, account, accounts, files, nas, sieve, ldap, \
     calendar, caldav, spf";
