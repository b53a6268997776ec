#!/usr/bin/perl
# Writes small databases of places in MaxMind's format, about the addresses that the sample captures have:
#
#	tests/captures/geoip.pl FOLDER	makes geoip-city.mmdb and geoip-asn.mmdb there
#
# Needs the Debian package libmaxmind-db-writer-perl. The places are invented.
use strict;
use warnings;
use utf8;
use MaxMind::DB::Writer::Tree;

my %types = (
	city => 'map', country => 'map', location => 'map', names => 'map',
	de => 'utf8_string', en => 'utf8_string', iso_code => 'utf8_string',
	latitude => 'double', longitude => 'double',
	autonomous_system_number => 'uint32', autonomous_system_organization => 'utf8_string',
);

sub write_database {
	my ($path, $type, @rows) = @_;
	my $tree = MaxMind::DB::Writer::Tree->new(
		ip_version => 6, record_size => 24, database_type => $type, languages => ['en'],
		description => { en => 'Invented places of addresses for documentation' },
		map_key_type_callback => sub { $types{ $_[0] } }, remove_reserved_networks => 0,
	);
	while (my ($network, $place) = splice @rows, 0, 2) {
		$tree->insert_network($network, $place);
	}
	open my $to, '>:raw', $path or die "$path: $!\n";
	$tree->write_tree($to);
	close $to or die "$path: $!\n";
}

my $folder = shift or die "usage: geoip.pl FOLDER\n";

write_database("$folder/geoip-city.mmdb", 'Test-City',
	'192.0.2.1/32' => {
		city => { names => { de => 'Zuerich', en => 'Zürich' } },
		country => { iso_code => 'CH', names => { en => 'Switzerland' } },
		location => { latitude => 47.3667, longitude => 8.55 },
	},
	'192.0.2.2/32' => { country => { names => { en => 'Nowhere' } }, location => { latitude => -1.123456789 } },
	'2001:db8::/32' => {
		city => { names => { en => 'Oslo' } },
		country => { iso_code => 'NO', names => { en => 'Norway' } },
		location => { latitude => 59.9139, longitude => 10.7522 },
	},
);
write_database("$folder/geoip-asn.mmdb", 'Test-ASN',
	'192.0.2.0/24' => { autonomous_system_number => 64496, autonomous_system_organization => 'Example' },
	'2001:db8::/32' => { autonomous_system_number => 4200000000, autonomous_system_organization => "Bad\eOrg" },
);
