//! The words by which a text turns against what it names, in six languages: denials, former times, conditions, what
//! takes the place of what.
//!
//! Written as in `words`.

use crate::meaning::Meaning;

/// What is said by which words.
pub(crate) const GROUPS: &[(Meaning, &str)] = &[
    (
        Meaning::NEVER,
        "recusad*, rejeitad*, rechazad*, rifiutat*, negad*, closing, closes, dropping, dropped, retiring, retires, disabling, shutting, forget about, \
         schliessen, schliesst, \
         arreton*, fermon*, coupon*, desactivon*, supprimon*, bloquon*, abandonnon*, \
         cerramos, cerraremos, desactivamos, retiramos, eliminamos, olvidese de, \
         fechamos, desligamos, desativamos, removemos, encerramos, esqueca a, \
         chiudiamo, blocchiamo, disattiviamo, dismettiamo, spegniamo, chiuderemo, lascia perdere, \
         lasciare perdere, blocked, blocks, block, blocking, closed, deprecated, obsolete, discontinued, disabled, \
         unsupported, retired, revoked, withdrawn, refused, refuse, refuses, rejects, rejected, \
         intercept*, filter, filters, filtered, avoid, discouraged, removed, unavailable, \
         unreachable, decommissioned, forbidden, prohibited, outdated, expired, incorrect, wrong, \
         complains, complain, fails, never, cannot, ignore, out of date, phased out, shut down, \
         switched off, turned off, no longer, stop using, stopped working, stops working, do not, \
         not available, not supported, not offered, not allowed, timed out, times out, \
         not in use, ceased, stay away, failed, failing, between servers, between mail servers, \
         server to server, other servers, other mail servers, from the internet, reserved, \
         fehlgeschlagen, reserviert, zwischen servern, zwischen mailservern, zwischen den servern, \
         anderer server, andere server, anderen servern, anderer mailserver, von server zu server, \
         echoue*, echec, reserve*, entre serveurs, entre les serveurs, d autres serveurs, \
         fallo, reservad*, entre servidores, entre los servidores, otros servidores, de servidor a servidor, \
         falhou, entre os servidores, outros servidores, \
         fallito, fallita, riservat*, tra server, tra i server, fra server, tra gestori, altri server, \
         gesperrt*, sperr*, blockier*, blockt, veraltet*, geschlossen, abgeschaltet*, abschalt*, \
         abgekundigt, loschen, entfernen, entfernt, entfallt, entfallen, vermeiden, vermeide, \
         niemals, keinesfalls, abgelehnt, deaktiviert*, gefiltert, abgelost, abgeschafft, verboten, \
         untersagt, ungultig, uberholt, falsch, unerreichbar, verzichten, ignorieren, \
         nicht mehr, nicht verfugbar, nicht unterstutzt, nicht erreichbar, wird eingestellt, \
         wurde eingestellt, werden eingestellt, wurden eingestellt, auf keinen fall, \
         bloque, bloquee, bloques, bloquees, bloquent, bloqu*, ferme, fermes, fermee, fermees, \
         perime*, arrete*, deconseill*, filtre, filtres, filtree*, desactive*, abandonne*, \
         supprime*, evitez, eviter, jamais, interdit*, retire*, revoque*, inaccessible*, \
         indisponible*, proscri*, caduc, caduque, oubliez, ignorez, n est plus, ne sont plus, \
         ne plus, ne doit plus, ne doivent plus, non disponible, hors service, n utilisez plus, \
         bloquead*, bloquea*, cerrad*, obsolet*, desactivad*, deshabilitad*, inhabilitad*, \
         descontinuad*, evite, evitar, evita, nunca, apagad*, retirad*, filtrad*, tampoco, \
         desaconsej*, prohibid*, caduc*, eliminad*, suprimid*, inactiv*, incorrecto, ignorar, \
         no disponible, no soportad*, dado de baja, deje de, deja de, dejar de, dejo de, dejaron de, \
         dejara de, dejado de, ya no, \
         bloquei*, fechad*, desativad*, desabilitad*, desligad*, desaconselh*, proibid*, removid*, \
         encerrad*, inativ*, indisponive*, expirad*, cancelad*, revogad*, tampouco, errado, \
         nao disponivel, nao suportad*, deixe de, deixou de, deixar de, deixara de, deixaram de, \
         fora de uso, nao mais, \
         bloccat*, blocca, bloccano, chius*, disattivat*, disabilitat*, dismess*, evitare, \
         deprecat*, nemmeno, neppure, neanche, sconsigliat*, scartat*, abbandonat*, spento, spenta, \
         spenti, spente, rimoss*, vietat*, proibit*, soppress*, scadut*, sbagliat*, inattiv*, \
         irraggiungibil*, ritirat*, ignorare, non disponibile, non supportat*, non piu, \
         smettere di, fuori uso, fuori servizio",
    ),
    (
        Meaning::NOT,
        "not, neither, nor, no, don t, doesn t, didn t, can t, couldn t, won t, isn t, aren t, \
         wasn t, weren t, shouldn t, mustn t, haven t, hasn t, without listening, \
         nicht, kein*, weder, nie, ne, n, pas, ni, aucun, aucune, non, nao, nem, nenhum*, ningun*, \
         nessun*",
    ),
    (
        Meaning::OLD,
        "old, older, oldest, former, legacy, previous, historic*, outdated, \
         alte, alten, altes, alter, altem, altere, alteren, alterer, alteres, fruhere*, \
         ehemalig*, vorherig*, vormalig*, veraltet*, \
         ancien, ancienne*, anciens, vieux, vieil, vieille*, \
         antigu*, anterior*, viej*, \
         antig*, velho*, velha*, \
         vecchi*, precedent*",
    ),
    (
        Meaning::PAST,
        "until now, up to now, so far, bis jetzt, jusqu a present, jusqu a maintenant, jusqu ici, hasta ahora, ate agora, finora, fino ad ora, until the end, bis ende, jusqu a la fin, hasta finales, hasta el final, ate o fim, fino alla fine, used to, could only, konnte nur, konnten nur, was registered, was assigned, was once, was originally, were once, was introduced, wurde eingefuhrt, \
         wurde zugewiesen, a ete attribue, fue asignado, foi atribuida, e stata assegnata, previously, formerly, originally, historically, in the past, \
         bisher, bislang, fruher, frueher, zuvor, damals, einst, ehemals, ursprunglich, hatten, konnten, lief, \
         liefen, galt, waren, \
         auparavant, autrefois, jadis, anciennement, par le passe, avais, aviez, pouvait, etait, \
         etaient, fonctionnait, \
         anteriormente, antiguamente, en el pasado, tenias, tenia, usabas, usaba, \
         podia, podian, eran, funcionaba, \
         antigamente, no passado, tinha, usava, outrora, eram, \
         funcionava, \
         precedentemente, in precedenza, in passato, un tempo, avevi, aveva, usavi, erano, \
         poteva, funzionava",
    ),
    (
        Meaning::PAST_LABEL,
        "before, was, vorher, avant, antes, prima, era, war, etait, alt, old",
    ),
    (
        Meaning::UNTIL,
        "until, till, up to, through, bis, jusqu, hasta, ate, fino",
    ),
    (
        Meaning::STILL,
        "still, noch, encore, todavia, aun, ainda, ancora",
    ),
    (
        Meaning::NOW,
        "now, new, newly, current, currently, today, nowadays, from now on, henceforth, after, correct, \
         jetzt, neu, neue, neuer, neuen, neues, nun, heute, kunftig, ab sofort, aktuell*, \
         nunmehr, inzwischen, mittlerweile, seitdem, nachher, richtig, \
         maintenant, desormais, dorenavant, nouveau, nouvel, nouvelle*, nouveaux, actuel*, \
         aujourd hui, apres, \
         ahora, nuevo*, nueva*, actual, actuales, actualmente, hoy, despues, lo correcto, \
         agora, novo*, nova*, atual, atuais, atualmente, hoje, doravante, depois, \
         ora, adesso, nuovo, nuova, nuove, nuovi, attual*, oggi, dopo, d ora in poi",
    ),
    (
        Meaning::REPLACE,
        "replace, replaces, replaced, replacing, supersede*, supersedes, superseded, \
         ersetzt, ersetzen, ersetzte, abgelost, ablosen, lost, \
         remplace, remplacent, remplacee*, remplaces, remplacer, remplacez, \
         sustituye*, sustituid*, sustituir, sustituya, reemplace, reemplazar, reemplaza, reemplazan, reemplazad*, \
         substitui, substituiu, substituem, substituid*, substituir, substitua, \
         sostituisce, sostituiscono, sostituit*, sostituire, sostituisca, sostituisci, rimpiazza*",
    ),
    (
        Meaning::CHANGE,
        "change, changed, changes, swap, switch, alter, \
         andern, andere, geandert, wechseln, tauschen, stellen, \
         changez, changer, modifiez, passez, \
         cambie, cambia, cambiar, cambiamos, cambiado, modifique, \
         troque, trocar, mude, mudar, altere, alterar, \
         cambiare, cambiate, modificare, modifica, passare",
    ),
    (
        Meaning::DEFAULT,
        "default, defaults, standard, standardmassig, voreinstellung, voreingestellt, defaut, \
         predeterminad*, defecto, padrao, predefinit*, omissao, preimpostat*",
    ),
    (
        Meaning::BY,
        "by, with, durch, par, por, pelo, pela, pelos, pelas, dal, dalla, dallo, dai, dalle, da, con",
    ),
    (
        Meaning::FROM,
        "from, von, vom, du, de, del, des, da, dal, dalla, do",
    ),
    (
        Meaning::TO,
        "to, auf, zu, zum, zur, au, a, al, vers, para, alla, en, nach",
    ),
    (
        Meaning::DEVICE,
        "step, page, section, screen, window, example, line, table, \
         schritt, seite, abschnitt, fenster, beispiel, zeile, tabelle, \
         etape, fenetre, ecran, ligne, tableau, exemple, \
         paso, pantalla, seccion, ventana, linea, tabla, ejemplo, \
         passo, tela, janela, linha, secao, exemplo, \
         passaggio, schermata, finestra, pagina, riga, tabella, esempio, device*, printer*, scanner*, client, clients, app, apps, application*, program, programs, software, \
         machine*, copier*, phone*, hardware, equipment, \
         gerat, gerate, geraten, gerats, drucker*, kopierer*, programm, programme, programmen, \
         handy*, smartphone*, telefon*, \
         appareil*, imprimante*, copieur*, logiciel*, telephone*, materiel*, \
         equipo*, dispositivo*, impresora*, aplicacion*, programa*, telefono*, movil*, \
         equipamento*, aparelho*, impressora*, aplicativo*, celular*, \
         dispositivi, stampant*, programmi, apparecchi*, cellular*",
    ),
    (
        Meaning::TEST,
        "telnet, nc, ncat, netcat, nmap, ping, traceroute, tracert, tnc, test-netconnection, testnetconnection",
    ),
    // A denial of something else than a port.
    (
        Meaning::FILLER,
        "do not forget, don t forget, never forget, nicht vergessen, vergessen sie nicht, vergiss nicht, \
         n oubliez pas, n oublie pas, ne pas oublier, no olvide, no olvides, no se olvide, \
         nao esqueca, nao se esqueca, nao deixe de, non dimentica*, no vpn, no authentication, no auth, no login, no password, no username, no credentials, \
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
        Meaning::IF,
        "whoever, anyone, wer, quien, quienes, quem, chi, chiunque, ceux, if, when, where, wenn, falls, sollte, sofern, si, lorsque, quand, cuando, se, \
         quando, caso, qualora, unless, in case",
    ),
    (
        Meaning::INSTEAD,
        "instead of, rather than, statt, anstatt, anstelle, anstelle von, au lieu de, \
         au lieu du, en lugar de, en lugar del, en vez de, en vez del, invece di, \
         invece della, em vez de, em vez da, ao inves de, ao inves da, al posto di, \
         al posto della, plutot que, a la place de, a la place du, en remplacement du, in place of, as opposed to, anziche, invece che, invece del, invece di, no lugar da, no lugar de, em lugar de, en reemplazo de, en sustitucion de, anstelle des, anstelle der, an stelle von, except, ausser, sauf, excepto, exceto, tranne",
    ),
    (
        Meaning::BUT,
        "but, aber, sondern, mais, pero, sino, ma, bensi, mas, use, however, jedoch, because, \
         since, weil, denn, porque, car, perche, pois, which, for networks, for hosts, \
         for those, for users, for clients, for isps, for when",
    ),
];
