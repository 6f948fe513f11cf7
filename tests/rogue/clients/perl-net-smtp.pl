# Perl's Net::SMTP, which tells nothing by itself: a program asks it for the last message.
use strict;
use warnings;
use Net::SMTP;

my %env = map { $_ => $ENV{"ROGUE_$_"} } qw(HOST PORT TLS AUTH USER PASSWORD CA FROM TO MESSAGE DEBUG TIMEOUT);
my %tls = (SSL_ca_file => $env{CA}, SSL_verify_mode => 1);

my $smtp = Net::SMTP->new($env{HOST}, Port => $env{PORT}, Hello => 'client.example', Timeout => $env{TIMEOUT},
    Debug => $env{DEBUG} eq 'yes' ? 1 : 0, $env{TLS} eq 'implicit' ? (SSL => 1, %tls) : ())
    or die "cannot connect: $@\n";
sub must { my ($what, $ok) = @_; $ok or die "$what failed: " . $smtp->code . ' ' . $smtp->message . ($@ ? " $@" : '') . "\n" }
must('starttls', $smtp->starttls(%tls)) if $env{TLS} eq 'starttls';
must('auth', $smtp->auth($env{USER}, $env{PASSWORD})) if $env{AUTH} eq 'password';
must('mail', $smtp->mail($env{FROM}));
must('recipient', $smtp->to($_)) for split /,/, $env{TO};
open my $message, '<', $env{MESSAGE} or die $!;
must('data', $smtp->data);
must('datasend', $smtp->datasend(join '', <$message>));
must('dataend', $smtp->dataend);
$smtp->quit;
