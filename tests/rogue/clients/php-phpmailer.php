<?php
// PHPMailer as its README has it: the exception's message for the person, SMTPDebug for whoever looks closer.
use PHPMailer\PHPMailer\Exception;
use PHPMailer\PHPMailer\PHPMailer;

require '/usr/share/php/libphp-phpmailer/autoload.php';

$env = fn ($name) => getenv("ROGUE_$name");
$mail = new PHPMailer(true);
try {
    $mail->isSMTP();
    $mail->SMTPDebug = $env('DEBUG') === 'yes' ? 4 : 0;
    $mail->Debugoutput = 'echo';
    $mail->Host = $env('HOST');
    $mail->Port = (int) $env('PORT');
    $mail->Helo = 'client.example';
    $mail->Timeout = (int) $env('TIMEOUT');
    $mail->SMTPAuth = $env('AUTH') === 'password';
    $mail->Username = $env('USER');
    $mail->Password = $env('PASSWORD');
    $mail->SMTPSecure = ['implicit' => 'ssl', 'starttls' => 'tls', 'none' => ''][$env('TLS')];
    $mail->SMTPAutoTLS = false;
    $mail->SMTPOptions = ['ssl' => ['cafile' => $env('CA')]];
    $mail->setFrom($env('FROM'), 'Sender');
    foreach (explode(',', $env('TO')) as $to) {
        $mail->addAddress($to);
    }
    $mail->Subject = 'A test';
    $mail->Body = "Hello.\n";
    $mail->send();
} catch (Exception $e) {
    echo "Message could not be sent. Mailer Error: {$mail->ErrorInfo}\n";
    exit(1);
}
