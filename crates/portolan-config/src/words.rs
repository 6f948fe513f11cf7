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
        "port, ports, puerto, puertos, porta, porte, porto, portas, portos, portnummer*, \
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
         nao ssl, non tls, non-ssl, non-tls, non-secure, non-encrypted, non encrypted",
    ),
    (
        Meaning::NEVER,
        "blocked, blocks, block, closed, deprecated, obsolete, obsolet, discontinued, \
         disabled, unsupported, retired, refused, refuse, refuses, intercept*, filter, \
         filters, filtered, avoid, discouraged, removed, unavailable, decommissioned, \
         complains, complain, rejected, shut down, switched off, turned off, no longer, \
         never, do not, not available, not supported, not offered, not allowed, nicht verfugbar, nicht unterstutzt, \
         non disponible, no disponible, nao disponivel, non disponibile, non supportat*, nao suportad*, no soportad*, previously, formerly, bisher, fruher, zuvor, auparavant, autrefois, \
         anteriormente, in precedenza, precedentemente, cannot, out of date, fails, \
         timed out, times out, gesperrt*, sperr*, blockier*, blockt, veraltet*, geschlossen, \
         abgeschaltet*, abgekundigt, eingestellt, loschen, entfernen, entfallt, vermeiden, \
         niemals, nicht mehr, keinesfalls, abgelehnt, deaktiviert, entfernt, gefiltert, \
         abgelost, bloque, bloquee, bloques, bloquees, bloquent, ferme, fermes, fermee, \
         fermees, obsolete*, arrete, arretes, arretee, arretees, deconseille*, filtre, \
         filtres, desactive*, abandonne*, n est plus, ne plus, ne doit plus, supprime*, \
         evitez, eviter, jamais, bloqu*, bloquead*, bloquea*, cerrad*, obsolet*, desactivad*, \
         descontinuad*, evite, evitar, nunca, dado de baja, apagad*, retirad*, filtrad*, \
         tampoco, bloquei*, fechad*, desativad*, desligad*, bloccat*, blocca*, bloccano, \
         chius*, disattivat*, dismess*, evitare, evita, deprecat*, obsoleti, nemmeno, \
         neppure, filtrat*, sconsigliat*, desaconsej*, desaconselh*, scartat*, abbandonat*, \
         server-to-server, server to server, between servers, between mail servers, zwischen servern, \
         zwischen mailservern, entre serveurs, entre servidores, tra server, fra server, \
         used to, until the end, bis ende, war der, war fruher, jusqu en, jusqu au, hasta finales, \
         hasta el, ate o fim, fino al, fino alla fine, ya no, ya no admite, mehr nicht, no se admite*, no se acepta*, n accepte plus, nao aceita*, non accetta piu, \
         older articles, older guides, older instructions, older documentation, older posts, \
         older tutorials, old guides, fruheren anleitungen, fruhere anleitungen, alten artikeln, old tutorials, old instructions, old articles, \
         outdated guides, outdated tutorials, outdated articles, altere anleitungen, \
         alteren anleitungen, alten anleitungen, alte anleitungen, alteren artikeln, \
         anciens articles, anciens tutoriels, anciens guides, anciennes documentations, \
         vieux tutoriels, guias antiguas, articulos antiguos, tutoriales antiguos, \
         manuales antiguos, guias antigos, tutoriais antigos, artigos antigos, manuais antigos, \
         vecchie guide, vecchi articoli, vecchi tutorial, guide vecchie, \
         incorrect, incorrecto, falsch, wrong, sbagliat*, errado, abgeschafft, desactivees",
    ),
    (
        Meaning::NOT,
        "not, t, neither, nor, no, nicht, kein*, weder, ne, n, pas, ni, aucun, aucune, non, \
         nao, nem, nenhum*, ningun*, nessun*, without listening",
    ),
    // A denial of something else than a port.
    (
        Meaning::FILLER,
        "no authentication, no auth, no login, no password, no username, no credentials, \
         no need, not only, n accepte que, ne fonctionne que, n ecoute que, n utilise que, nicht nur, no solo, non solo, pas seulement, nao so, nao apenas, \
         keine authentifizierung, keine anmeldung, non seulement, no limit, if not, why not, \
         no user, keine zugangsdaten, no requiere, not require authentication, \
         pas d authentification, nessuna autenticazione, no certificate, no extra",
    ),
    (
        Meaning::HEDGE,
        "often, sometimes, some, many, souvent, oft, haufig, manche, viele, spesso, menudo, \
         veces, frequentemente, parfois, certains, muchos, algunos, alguns, muitos, alcuni, \
         molti, may, might, geralmente, hosts, vezes",
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
        Meaning::OLD,
        "old, ancien, ancienne*, anciens, alt, alte, alten, altes, alter, antiguo*, antigua*, \
         antigo*, antiga*, vecchi*, former, frueher, fruhere*, ehemalig*, previous, legacy, \
         archiv*, until now, up to now, bis jetzt, bislang, jusqu a present, jusqu a maintenant, hasta ahora, \
         ate agora, finora, fino ad ora, so far, before, vorher, bisherig*, avant, antes, prima, previously, jusqu ici",
    ),
    (
        Meaning::YES,
        "yes, true, on, 1, ja, oui, si, sim, enabled, required, aktiviert, active, activado, \
         attivo, attiva, ativado, erforderlich, requis, requise, requerido, obligatorio, \
         richiesto, always, encrypt",
    ),
    (
        Meaning::NO,
        "false, off, 0, none, nein, keine, aucun, aucune, ninguno, ninguna, nenhum, nenhuma, \
         nessuno, nessuna, null, disabled, nao, no, non",
    ),
    (
        Meaning::HOSTKEY,
        "host, hostname, server, servername*, nom de serveur, nombre de servidor, serveur, servidor, address, smtpserver, \
         smtphost, mailserver, mailhost, relayhost, mailhub, smarthost, endpoint*, \
         serveradresse, indirizzo, serverhost, relay, postausgangsserver, ausgangsserver, \
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
        "neben, besides, outre, ademas, alem, oltre, by, durch, par, da, dalla, pela, pelo, use, using, uses, takes, accept*, listens, akzeptiert, ecoute, accepte, escucha, acepta, \
         aceita, accetta, benutzen, nutzt, entweder, take, try, on, to, with, choose, select, set, listen, via, pour, \
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
        Meaning::FOLLOW,
        "with, or, and, instead, as, on, for, if, when, which, mit, oder, und, wenn, falls, \
         nehmen, verwenden, nutzen, ist, is, are, avec, ou, et, si, pour, comme, sur, con, o, \
         u, y, para, como, en, com, e, se, come, su, em, over, using, uses, will, works, \
         should, at, via, require*, only, eintragen, auf, fur, zu, sont, est, es, son, sono, \
         sao, einstellen, wahlen, too",
    ),
    (
        Meaning::IF,
        "if, when, where, wenn, falls, sollte, sofern, si, lorsque, quand, cuando, se, \
         quando, caso, qualora, unless, in case",
    ),
    (
        Meaning::LINK,
        "number, numbers, no, nummer, numero, is, are, the, to, should, be, must, of, for, \
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
        Meaning::INSTEAD,
        "replace, replaces, replacing, remplace, remplacez, remplacer, sustituye, sustituir, sustituya, \
         reemplaza, reemplace, reemplazar, substitui, substitua, substituir, sostituisce, sostituisci, \
         sostituire, sostituite, ersetzen, ersetze, instead of, rather than, statt, anstatt, anstelle, anstelle von, au lieu de, \
         au lieu du, en lugar de, en lugar del, en vez de, en vez del, invece di, \
         invece della, em vez de, em vez da, ao inves de, ao inves da, al posto di, \
         al posto della, plutot que, except, ausser, sauf, excepto, exceto, tranne",
    ),
    (
        Meaning::REPLACED,
        "replaced, replaced by, replaced with, ersetzt, abgelost, remplace par, remplacee par, sustituido, \
         sustituida, reemplazado, substituida, substituido, sostituita, sostituito, superseded",
    ),
    (
        Meaning::BUT,
        "but, aber, sondern, mais, pero, sino, ma, bensi, mas, use, however, jedoch, because, \
         since, weil, denn, porque, car, perche, pois, which, for networks, for hosts, \
         for those, for users, for clients, for isps, for when",
    ),
    (
        Meaning::PRONOUN,
        "it, this, that, these, which, er, sie, dieser, diesen, diesem, diese, der, welcher, il, ils, elle, \
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
