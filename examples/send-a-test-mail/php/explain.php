<?php
// From an exception of PHPMailer to what a person can do about it, through the command line tool.

/**
 * What went wrong, for whoever pressed the button.
 *
 * @param string $text the exception's message, and the session if there is one
 * @return array{cause: string, headline: string, steps: list<array{action: string, command: ?string}>, link: string}
 */
function explain(string $text): array
{
    $site = getenv('PORTOLAN_SITE') ?: 'https://portolan.example/';
    $none = ['cause' => 'none', 'headline' => 'It cannot be told why.', 'steps' => [], 'link' => $site];
    $command = [getenv('PORTOLAN_PROBE') ?: 'portolan-probe', 'explain', '--json'];
    // No shell: nothing of the text can become a command.
    $process = proc_open($command, [['pipe', 'r'], ['pipe', 'w'], ['file', '/dev/null', 'w']], $pipes);
    if (!is_resource($process)) {
        return $none;
    }
    fwrite($pipes[0], $text);
    fclose($pipes[0]);
    $explanation = json_decode(stream_get_contents($pipes[1]), true);
    proc_close($process);
    $finding = $explanation['findings'][0] ?? null;
    if ($finding === null) {
        return $none;
    }
    return [
        'cause' => $finding['cause'],
        'headline' => $finding['means'],
        'steps' => array_map(fn ($step) => ['action' => $step['action'], 'command' => $step['command']], $finding['remedies']),
        'link' => $site . 'analyze.html#cause-' . str_replace('.', '-', $finding['cause']),
    ];
}
