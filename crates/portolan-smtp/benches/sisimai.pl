# Sisimai over every file of a folder: perl -I LIB sisimai.pl FOLDER
use strict;
use warnings;
use Sisimai;

my $records = 0;
for my $file (glob "$ARGV[0]/*") {
    open my $handle, '<', $file or die "$file: $!";
    my $mail = do { local $/; <$handle> };
    my $found = Sisimai->make(\$mail);
    $records += @$found if $found;
}
print "$records\n";
