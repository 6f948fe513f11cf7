// Jakarta Mail, with the exception's stack trace; mail.debug shows the session.
import jakarta.mail.Message;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.FileInputStream;
import java.io.InputStream;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

public class JakartaMail {
    static String env(String name) {
        return System.getenv("ROGUE_" + name);
    }

    // What -Djavax.net.ssl.trustStore does, without a key store on disk.
    static SSLSocketFactory trusting() throws Exception {
        KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
        roots.load(null, null);
        try (InputStream pem = new FileInputStream(env("CA"))) {
            roots.setCertificateEntry("root", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context.getSocketFactory();
    }

    public static void main(String[] arguments) throws Exception {
        String timeout = env("TIMEOUT") + "000";
        Properties properties = new Properties();
        properties.put("mail.smtp.localhost", "client.example");
        properties.put("mail.smtp.host", env("HOST"));
        properties.put("mail.smtp.port", env("PORT"));
        properties.put("mail.smtp.connectiontimeout", timeout);
        properties.put("mail.smtp.timeout", timeout);
        properties.put("mail.smtp.ssl.enable", String.valueOf(env("TLS").equals("implicit")));
        properties.put("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.starttls.required", String.valueOf(env("TLS").equals("starttls")));
        properties.put("mail.smtp.starttls.enable", String.valueOf(env("TLS").equals("starttls")));
        properties.put("mail.smtp.auth", String.valueOf(!env("AUTH").equals("no")));
        if (env("AUTH").equals("token")) {
            properties.put("mail.smtp.auth.mechanisms", "XOAUTH2");
        }
        properties.put("mail.smtp.ssl.socketFactory", trusting());
        Session session = Session.getInstance(properties);
        session.setDebug(env("DEBUG").equals("yes"));
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(env("FROM")));
        message.setRecipients(Message.RecipientType.TO, InternetAddress.parse(env("TO")));
        message.setSubject("A test");
        message.setText("Hello.");
        if (env("AUTH").equals("no")) {
            Transport.send(message);
        } else {
            Transport.send(message, env("USER"), env("PASSWORD"));
        }
    }
}
