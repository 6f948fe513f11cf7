<?php
// A page with the button: php -S 127.0.0.1:8026

require __DIR__ . '/vendor/autoload.php';
require __DIR__ . '/explain.php';

use PHPMailer\PHPMailer\Exception;
use PHPMailer\PHPMailer\PHPMailer;

/** Sends one mail; null, or what went wrong. */
function send(array $form): ?array
{
    $session = '';
    $mail = new PHPMailer(true);
    $mail->isSMTP();
    $mail->SMTPDebug = 3;
    $mail->Debugoutput = function (string $line) use (&$session): void {
        $session .= rtrim($line) . "\n";
    };
    $mail->Timeout = 10;
    $mail->Host = $form['host'];
    $mail->Port = (int) $form['port'];
    $mail->SMTPSecure = $mail->Port === 465 ? PHPMailer::ENCRYPTION_SMTPS : PHPMailer::ENCRYPTION_STARTTLS;
    $mail->SMTPAuth = $form['user'] !== '';
    $mail->Username = $form['user'];
    $mail->Password = $form['pass'];
    try {
        $mail->setFrom($form['from']);
        $mail->addAddress($form['to']);
        $mail->Subject = 'A test';
        $mail->Body = 'It works.';
        $mail->send();
        return null;
    } catch (Exception $error) {
        return explain($session . $error->getMessage());
    }
}

// A form of another page could send mail from here, or try who answers on this machine. The header `Host` is no witness:
// another page's name may lead here, too.
$own = array_map(fn (string $host) => "http://$host:{$_SERVER['SERVER_PORT']}", ['127.0.0.1', 'localhost']);
if ($_SERVER['REQUEST_METHOD'] === 'POST' && !in_array($_SERVER['HTTP_ORIGIN'] ?? '', $own, true)) {
    http_response_code(403);
    exit;
}

$html = fn (?string $text) => htmlspecialchars((string) $text, ENT_QUOTES);
$failure = $_SERVER['REQUEST_METHOD'] === 'POST' ? send($_POST) : null;
?>
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Send a test mail</title>
<form method="post">
<p><label>Host <input name="host" value="127.0.0.1"></label> <label>Port <input name="port" value="587"></label>
<p><label>User <input name="user"></label> <label>Password <input name="pass" type="password"></label>
<p><label>From <input name="from" type="email"></label> <label>To <input name="to" type="email"></label>
<p><button>Send a test mail</button>
</form>
<?php if ($_SERVER['REQUEST_METHOD'] === 'POST' && $failure === null): ?>
<p>The mail was accepted.</p>
<?php elseif ($failure !== null): ?>
<h2><?= $html($failure['headline']) ?></h2>
<ol>
<?php foreach ($failure['steps'] as $step): ?>
<li><?= $html($step['action']) ?><?php if ($step['command'] !== null): ?><pre><?= $html($step['command']) ?></pre><?php endif ?></li>
<?php endforeach ?>
</ol>
<p><a href="<?= $html($failure['link']) ?>">More on this</a></p>
<?php endif ?>
</html>
