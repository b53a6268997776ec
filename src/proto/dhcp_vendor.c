/*
 * dhcp_vendor.c: DHCP options whose value is a list of suboptions: vendor-specific information (43) of those vendors
 * whose identifier (60) is known, Novell's (63), relay agent information (82, RFC 3046), CableLabs client
 * configuration (122, RFC 3495), and vendor-identifying ones (124 and 125, RFC 3925). What the identifiers of cable modems and
 * telephone adapters tell of their capabilities is not shown.
 */

#include "dissect/ascii.h"
#include "dissect/dhcp.h"

#define F DHCP_FIELD

enum { CABLELABS = 4491, BROADBAND_FORUM = 3561 }; /* private enterprise numbers */

/* Suboptions of one kind: code, length, value. */
struct family {
	const struct dhcp_row *rows;
	uint8_t count;
	uint8_t others;        /* enum dhcp_form of those without a row */
	uint16_t other_field;
	uint16_t heading;      /* field of the code */
	uint16_t hidden;       /* field of values that have another one; 0: none */
	bool has_padding;      /* of single octets, and an end */
	uint16_t padding, end; /* fields of those */
	bool complains;        /* a value of a wrong length is said not to be known at all */
	bool goes_on;          /* behind one that has no room */
	bool is_unbounded;     /* their values are read without asking for room */
};

#define ROWS(array) array, sizeof array / sizeof *array

static const struct dhcp_row *find_row(const struct family *family, uint8_t code)
{
	for (unsigned i = 0; i < family->count; i++) {
		if (family->rows[i].code == code)
			return &family->rows[i];
	}
	return NULL;
}

static void read_value(struct dhcp_option *o, struct wire *value, const struct family *family, const struct dhcp_row *row)
{
	struct dissection *d = o->d;

	o->field = &dhcp_fields[row ? row->field : family->other_field];
	if (family->hidden && row && row->field != family->other_field) {
		struct wire octets = *value;
		add_octets(d, &octets, &dhcp_fields[family->hidden], o->n);
	}
	if (!row && family->others == FORM_UNKNOWN)
		add_note_text(d, value, F(SUBOPTION_INVALID), "Unknown suboption %u (%u bytes)", o->code, o->n);
	else if (!row)
		dhcp_read_value(o, value, family->others);
	else if (row->read)
		row->read(o, value);
	else if (!dhcp_read_value(o, value, row->form) && family->complains)
		add_note_text(d, value, F(SUBOPT_UNKNOWN_TYPE), "ERROR, please report: Unknown subopt type handler %u", o->code);
}

/* False when no more of them can be read. */
static bool read_suboption(struct dhcp_option *parent, struct wire *w, const struct family *family)
{
	struct dissection *d = parent->d;
	uint8_t code = wire_peek_u8(w, 0);
	const struct dhcp_row *row = find_row(family, code);

	if (family->has_padding && (code == 0 || code == 255)) {
		add_uint8(d, w, &dhcp_fields[code ? family->end : family->padding]);
		return code == 0;
	}
	if (wire_left(w) < 2) {
		add_note_text(d, w, F(MISSING_SUBOPT_LENGTH), "Suboption %u: no room left in option for suboption length", code);
		return false;
	}
	uint8_t n = wire_peek_u8(w, 1);
	add_node(d, w, &dhcp_fields[family->heading], w->at, 2u + n, code);
	struct dhcp_option o = { d, parent->message, open_subtree(d), code, n, NULL };
	if (family->count)
		value_text(d, w, o.node, "(%u) %s", code, row ? row->name : "Unknown");
	wire_skip(w, 1);
	add_uint8(d, w, F(SUBOPTION_LENGTH));
	bool has_room = n <= wire_left(w) || family->is_unbounded;
	if (has_room) {
		struct wire value = *w;
		wire_skip(w, n);
		wire_shorten(&value, n);
		read_value(&o, &value, family, row);
		wire_join(w, &value);
	} else {
		add_note_text(d, w, F(MISSING_SUBOPT_VALUE), "Suboption %u: no room left in option for suboption value", code);
	}
	close_subtree(d, o.node, NULL);
	return has_room || family->goes_on;
}

static void read_suboptions(struct dhcp_option *o, struct wire *w, const struct family *family)
{
	while (wire_more(w) && read_suboption(o, w, family))
		;
}

/* ---- 43: what the vendor class identifier tells ---- */

static const struct { const char *prefix; enum dhcp_vendor vendor; } vendors[] = {
	{ "PXEClient", VENDOR_PXE }, { "pktc", VENDOR_CABLELABS }, { "docsis", VENDOR_CABLELABS }, { "CableHome", VENDOR_CABLELABS },
	{ "ArubaAP", VENDOR_ARUBA }, { "ArubaInstantAP", VENDOR_ARUBA_INSTANT }, { "AAPLBSDPC", VENDOR_BSDP },
	{ "AEROHIVE", VENDOR_AEROHIVE },
};

enum dhcp_vendor dhcp_vendor_of(const uint8_t *identifier, uint32_t n)
{
	for (unsigned i = 0; i < sizeof vendors / sizeof *vendors; i++) {
		size_t length = strlen(vendors[i].prefix);
		if (n >= length && memcmp(identifier, vendors[i].prefix, length) == 0)
			return vendors[i].vendor;
	}
	return VENDOR_UNKNOWN;
}

/* A port, little-endian as the processors of PXE have it. */
static void read_port(struct dhcp_option *o, struct wire *w)
{
	if (o->n == 2) {
		add_le16(o->d, w, o->field);
		return;
	}
	add_note_text(o->d, w, F(BAD_LENGTH), "length isn't 2");
	add_note_text(o->d, w, F(SUBOPT_UNKNOWN_TYPE), "ERROR, please report: Unknown subopt type handler %u", o->code);
}

/* PXE, section 2.2.3 */
static void read_discovery_control(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	uint8_t bits = add_uint8(d, w, F(PXE_DISCOVERY_CONTROL));
	const struct field *first = F(PXE_DISCOVERY_CONTROL_BROADCAST), *last = F(PXE_DISCOVERY_CONTROL_BSTRAP);

	for (const struct field *bit = first; bit <= last; bit++) {
		if (bits & bit->mask)
			append_text(d, w, d->last, ", %s", bit->label);
	}
	node_ref node = open_subtree(d);
	add_bits(d, w, first, last, 1, bits);
	close_subtree(d, node, NULL);
}

/* The whole value as octets, its parts below. */
static node_ref open_octets(struct dhcp_option *o, const struct wire *w)
{
	struct wire whole = *w;

	add_octets(o->d, &whole, o->field, o->n);
	return open_subtree(o->d);
}

static void read_boot_servers(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	node_ref node = open_octets(o, w);

	while (wire_left(w) > 1) {
		add_uint16(d, w, F(PXE_BOOT_SERVERS_TYPE));
		uint8_t count = add_uint8(d, w, F(PXE_BOOT_SERVERS_COUNT));
		for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++)
			add_ipv4(d, w, F(PXE_BOOT_SERVERS_IP));
	}
	close_subtree(d, node, NULL);
}

static void read_boot_menu(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	node_ref node = open_octets(o, w);

	while (wire_left(w) > 1) {
		add_uint16(d, w, F(PXE_BOOT_MENU_TYPE));
		uint8_t n = add_uint8(d, w, F(PXE_BOOT_MENU_LENGTH));
		add_ascii(d, w, F(PXE_BOOT_MENU_DESC), n);
	}
	close_subtree(d, node, NULL);
}

static void read_menu_prompt(struct dhcp_option *o, struct wire *w)
{
	node_ref node = open_octets(o, w);

	add_uint8(o->d, w, F(PXE_MENU_PROMPT_TIMEOUT));
	add_ascii(o->d, w, F(PXE_MENU_PROMPT_PROMPT), wire_left(w));
	close_subtree(o->d, node, NULL);
}

static void read_boot_item(struct dhcp_option *o, struct wire *w)
{
	node_ref node = open_octets(o, w);

	add_uint16(o->d, w, F(PXE_BOOT_ITEM_TYPE));
	add_octets(o->d, w, F(PXE_BOOT_ITEM_LAYER), 2);
	close_subtree(o->d, node, NULL);
}

static const struct dhcp_row pxe_rows[] = {
	{ 1, FORM_ADDRESSES, DHCP_PXE_MTFTP_IP, "PXE mtftp IP" },
	{ 2, FORM_READ, DHCP_PXE_MTFTP_CLIENT_PORT, "PXE mtftp client port", read_port },
	{ 3, FORM_READ, DHCP_PXE_MTFTP_SERVER_PORT, "PXE mtftp server port", read_port },
	{ 4, FORM_UINT8, DHCP_PXE_MTFTP_TIMEOUT, "PXE mtftp timeout" },
	{ 5, FORM_UINT8, DHCP_PXE_MTFTP_DELAY, "PXE mtftp delay" },
	{ 6, FORM_READ, 0, "PXE discovery control", read_discovery_control },
	{ 7, FORM_ADDRESSES, DHCP_PXE_MULTICAST_ADDRESS, "PXE multicast address" },
	{ 8, FORM_READ, DHCP_PXE_BOOT_SERVERS, "PXE boot servers", read_boot_servers },
	{ 9, FORM_READ, DHCP_PXE_BOOT_MENU, "PXE boot menu", read_boot_menu },
	{ 10, FORM_READ, DHCP_PXE_MENU_PROMPT, "PXE menu prompt", read_menu_prompt },
	{ 11, FORM_OCTETS, DHCP_PXE_MULTICAST_ADDRESS_ALLOC, "PXE multicast address alloc" },
	{ 12, FORM_OCTETS, DHCP_PXE_CREDENTIAL_TYPES, "PXE credential types" },
	{ 71, FORM_READ, DHCP_PXE_BOOT_ITEM, "PXE boot item", read_boot_item },
	{ 179, FORM_STRING, DHCP_PXE_LCM_SERVER, "PXE LCM Server" },
	{ 180, FORM_STRING, DHCP_PXE_LCM_DOMAIN, "PXE LCM Domain" },
	{ 181, FORM_OCTETS, DHCP_PXE_LCM_NIC_OPTION, "PXE LCM NIC option 0" },
	{ 190, FORM_STRING, DHCP_PXE_LCM_WORKGROUP, "PXE LCM Workgroup" },
	{ 191, FORM_BOOLEAN, DHCP_PXE_DISCOVERY, "PXE Discovery" },
	{ 192, FORM_BOOLEAN, DHCP_PXE_CONFIGURED, "PXE Configured" },
	{ 193, FORM_UINT32, DHCP_PXE_LCM_VERSION, "PXE LCM version" },
	{ 194, FORM_STRING, DHCP_PXE_LCM_SERIAL, "PXE LCM Serial Number" },
};
static const struct family pxe = {
	ROWS(pxe_rows), FORM_UNKNOWN, DHCP_OPTION_VALUE, DHCP_PXE_SUBOPTION, .has_padding = true, .padding = DHCP_PXE_PADDING,
	.end = DHCP_PXE_END, .complains = true, .is_unbounded = true,
};

static void read_oui(struct dhcp_option *o, struct wire *w)
{
	if (o->n == 3)
		add_octets(o->d, w, F(CL_OUI_BYTES), 3);
	else if (o->n == 6)
		add_ascii(o->d, w, F(CL_OUI_STRING), 6);
	else
		add_note_text(o->d, w, F(BAD_LENGTH), "length isn't 3 or 6");
}

static const struct dhcp_row cablelabs_rows[] = {
	{ 1, FORM_STRING, DHCP_CL_SUBOPTION_REQUEST_LIST, "Suboption Request List" },
	{ 2, FORM_STRING, DHCP_CL_DEVICE_TYPE, "Device Type" },
	{ 3, FORM_STRING, DHCP_CL_ESAFE_TYPE, "eSAFE Types" },
	{ 4, FORM_STRING, DHCP_CL_SERIAL_NUMBER, "Serial Number" },
	{ 5, FORM_STRING, DHCP_CL_HARDWARE_VERSION, "Hardware Version" },
	{ 6, FORM_STRING, DHCP_CL_SOFTWARE_VERSION, "Software Version" },
	{ 7, FORM_STRING, DHCP_CL_BOOT_ROM_VERSION, "Boot ROM version" },
	{ 8, FORM_READ, 0, "Organizationally Unique Identifier", read_oui },
	{ 9, FORM_STRING, DHCP_CL_MODEL_NUMBER, "Model Number" },
	{ 10, FORM_STRING, DHCP_CL_VENDOR_NAME10, "Vendor Name" },
	{ 11, FORM_UINT8, DHCP_CL_ADDRESS_REALM, "Address Realm" },
	{ 12, FORM_STRING, DHCP_CL_CM_PS_SYSTEM_DESC, "CM/PS System Description" },
	{ 13, FORM_STRING, DHCP_CL_CM_PS_FIRMWARE_REVISION, "CM/PS Firmware Revision" },
	{ 14, FORM_STRING, DHCP_CL_FIREWALL_POLICY_FILE_VERSION, "Firewall Policy File Version" },
	{ 15, FORM_STRING, DHCP_CL_ESAFE_CONFIG_FILE_DEVICES, "eSafe Config File Devices" },
	{ 18, FORM_STRING, DHCP_CL_VIDEO_SECURITY_TAPE, "Video Security Type" },
	{ 31, FORM_MAC, DHCP_CL_MTA_MAC_ADDRESS, "MTA MAC Address" },
	{ 32, FORM_UINT32, DHCP_CL_CORRELATION_ID, "Correlation ID" },
	{ 51, FORM_STRING, DHCP_CL_VENDOR_NAME51, "Vendor Name" },
	{ 52, FORM_OCTETS, DHCP_CL_CABLECARD_CAPABILITY, "CableCARD Capability" },
	{ 53, FORM_OCTETS, DHCP_CL_DEVICE_ID_CA, "Device Identification (CA)" },
	{ 54, FORM_STRING, DHCP_CL_DEVICE_ID_X509, "Device Identification (X.509)" },
};
static const struct family cablelabs = {
	ROWS(cablelabs_rows), FORM_OCTETS, DHCP_VENDOR_VALUE, DHCP_CL_SUBOPTION, .has_padding = true,
	.padding = DHCP_CL_PADDING, .end = DHCP_CL_END, .complains = true,
};

static const struct dhcp_row aerohive_rows[] = {
	{ 225, FORM_STRING, DHCP_AEROHIVE_XIQHOSTNAME, "XiqHostname" },
	{ 226, FORM_ADDRESS, DHCP_AEROHIVE_XIQIPADDRESS, "XiqIpAddress" },
};
static const struct family aerohive = {
	ROWS(aerohive_rows), FORM_OCTETS, DHCP_AEROHIVE_UNKNOWN, DHCP_VENDOR_CISCO_SUBOPTION,
};

/* Organisation, address of the server, password, with commas between them. */
static void read_aruba_instant(struct dhcp_option *o, struct wire *w)
{
	static const uint16_t parts[] = { DHCP_ARUBAIAP_NAME_ORG, DHCP_ARUBAIAP_AMP_IP, DHCP_ARUBAIAP_PASSWORD };
	struct dissection *d = o->d;
	struct wire whole = *w;
	const unsigned count = sizeof parts / sizeof *parts;

	add_ascii(d, &whole, F(ARUBAIAP), o->n);
	node_ref node = open_subtree(d);
	bool has_commas = memchr(wire_here(w), ',', wire_captured(w)) != NULL;
	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++) {
		struct wire part = has_commas ? *w : whole;
		part.at = has_commas ? w->at : whole.at - o->n;
		const uint8_t *comma = memchr(wire_here(&part), ',', wire_captured(&part));
		bool is_last = i == count - 1 || !has_commas;
		if (!comma && !is_last) {
			wire_fail(w, UINT32_MAX);
			break;
		}
		uint32_t n = is_last ? wire_captured(&part) : (uint32_t)(comma - wire_here(&part));
		add_ascii(d, &part, &dhcp_fields[parts[i]], n);
		if (has_commas)
			wire_skip(w, n + !is_last);
	}
	close_subtree(d, node, NULL);
}

/* ---- BSDP: Boot Server Discovery Protocol, Apple's ---- */

static void add_boot_image_attribute(struct dissection *d, struct wire *w)
{
	uint16_t bits = add_uint16(d, w, F(BSDP_BOOT_IMAGE_ATTRIBUTE));
	const struct field *install = F(BSDP_BOOT_IMAGE_ATTRIBUTE_INSTALL), *kind = F(BSDP_BOOT_IMAGE_ATTRIBUTE_KIND);

	append_text(d, w, d->last, ", Install: %s, Kind: %s", name_or(install->names, bits >> 15, "Unknown"),
	            name_or(kind->names, bits >> 8 & 0x7f, "Unknown"));
	node_ref node = open_subtree(d);
	add_bits(d, w, install, F(BSDP_BOOT_IMAGE_ATTRIBUTE_RESERVED), 2, bits);
	close_subtree(d, node, NULL);
}

static void read_boot_image(struct dhcp_option *o, struct wire *w)
{
	add_boot_image_attribute(o->d, w);
	add_uint16(o->d, w, F(BSDP_BOOT_IMAGE_INDEX));
}

static void read_default_image(struct dhcp_option *o, struct wire *w)
{
	struct wire id = *w;

	add_uint32(o->d, &id, o->field);
	read_boot_image(o, w);
}

static void read_boot_image_list(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	node_ref node = open_octets(o, w);

	while (wire_more(w)) {
		uint8_t n = wire_peek_u8(w, 4);
		struct wire whole = *w;
		add_octets(d, &whole, F(BSDP_BOOT_IMAGE_DESC), 5u + n);
		node_ref image = open_subtree(d);
		read_boot_image(o, w);
		add_uint8(d, w, F(BSDP_BOOT_IMAGE_NAME_LEN));
		add_ascii(d, w, F(BSDP_BOOT_IMAGE_NAME), n);
		close_subtree(d, image, NULL);
	}
	close_subtree(d, node, NULL);
}

static void read_attributes_filter(struct dhcp_option *o, struct wire *w)
{
	node_ref node = open_octets(o, w);

	while (wire_more(w))
		add_boot_image_attribute(o->d, w);
	close_subtree(o->d, node, NULL);
}

static const struct dhcp_row bsdp_rows[] = {
	{ 1, FORM_UINT8, DHCP_BSDP_MESSAGE_TYPE, "Message Type" },
	{ 2, FORM_UINT16, DHCP_BSDP_VERSION, "Version" },
	{ 3, FORM_ADDRESSES, DHCP_BSDP_SERVER_IDENTIFIER, "Server Identifier" },
	{ 4, FORM_UINT16, DHCP_BSDP_SERVER_PRIORITY, "Server Priority" },
	{ 5, FORM_UINT16, DHCP_BSDP_REPLY_PORT, "Reply Port" },
	{ 6, FORM_STRING, DHCP_BSDP_BOOT_IMAGE_LIST_PATH, "Boot Image List Path" },
	{ 7, FORM_READ, DHCP_BSDP_DEFAULT_BOOT_IMAGE_ID, "Default Boot Image", read_default_image },
	{ 8, FORM_READ, DHCP_BSDP_SELECTED_BOOT_IMAGE_ID, "Selected Boot Image", read_default_image },
	{ 9, FORM_READ, DHCP_BSDP_BOOT_IMAGE_LIST, "Boot Image List", read_boot_image_list },
	{ 10, FORM_IGNORED, 0, "NetBoot 1.0 Firmware" },
	{ 11, FORM_READ, DHCP_BSDP_ATTRIBUTES_FILTER_LIST, "Boot Image Attributes Filter List", read_attributes_filter },
	{ 12, FORM_UINT16, DHCP_BSDP_MESSAGE_SIZE, "Maximum Message Size" },
};
static const struct family bsdp = { ROWS(bsdp_rows), FORM_IGNORED, 0, DHCP_BSDP_SUBOPTION };

void dhcp_read_vendor_specific(struct dhcp_option *o, struct wire *w)
{
	static const struct { const char *name; const struct family *family; } families[] = {
		[VENDOR_PXE] = { "PXEClient", &pxe }, [VENDOR_CABLELABS] = { "CableLabs", &cablelabs },
		[VENDOR_ARUBA] = { "Aruba AP", NULL }, [VENDOR_ARUBA_INSTANT] = { "Aruba Instant AP", NULL },
		[VENDOR_BSDP] = { "Boot Server Discovery Protocol (BSDP)", &bsdp }, [VENDOR_AEROHIVE] = { "Aerohive", &aerohive },
	};
	enum dhcp_vendor vendor = o->message->vendor;

	if (families[vendor].name)
		append_text(o->d, w, o->node, " (%s)", families[vendor].name);
	if (families[vendor].family)
		read_suboptions(o, w, families[vendor].family);
	else if (vendor == VENDOR_ARUBA)
		add_ascii(o->d, w, F(ARUBAAP_CONTROLLERIP), o->n);
	else if (vendor == VENDOR_ARUBA_INSTANT)
		read_aruba_instant(o, w);
	else
		add_octets(o->d, w, F(OPTION_VALUE), o->n);
}

void dhcp_read_vendor_class(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	static const struct { const char *prefix; uint8_t skipped; } with_data[] = { { "AAPLBSDPC/", 10 }, { "docsis3.0:", 0 } };
	struct wire data = *w;

	const uint8_t *identifier = add_ascii(d, w, F(VENDOR_CLASS_ID), o->n);
	for (unsigned i = 0; identifier && i < sizeof with_data / sizeof *with_data; i++) {
		size_t n = strlen(with_data[i].prefix);
		if (o->n >= n && memcmp(identifier, with_data[i].prefix, n) == 0) {
			wire_skip(&data, with_data[i].skipped);
			add_ascii(d, &data, F(VENDOR_CLASS_DATA), wire_left(&data));
		}
	}
}

/* ---- 63: RFC 2242 ---- */

static const struct dhcp_row novell_rows[] = {
	{ 0, FORM_OCTETS, DHCP_NOVELL_VALUE, "Unknown" },
	{ 1, FORM_EMPTY, 0, "NWIP does not exist on subnet" },
	{ 2, FORM_EMPTY, 0, "NWIP exists in options area" },
	{ 3, FORM_EMPTY, 0, "NWIP exists in sname/file" },
	{ 4, FORM_EMPTY, 0, "NWIP exists, but too big" },
	{ 5, FORM_BOOLEAN, DHCP_NOVELL_BROADCAST, "Broadcast for nearest Netware server" },
	{ 6, FORM_ADDRESSES, DHCP_NOVELL_PREFERRED_DSS_SERVER, "Preferred DSS server" },
	{ 7, FORM_ADDRESSES, DHCP_NOVELL_NEAREST_NWIP_SERVER, "Nearest NWIP server" },
	{ 8, FORM_UINT8, DHCP_NOVELL_AUTORETRIES, "Autoretries" },
	{ 9, FORM_UINT8, DHCP_NOVELL_AUTORETRY_DELAY, "Autoretry delay, secs" },
	{ 10, FORM_BOOLEAN, DHCP_NOVELL_SUPPORT_NETWARE_V1_1, "Support NetWare/IP v1.1" },
	{ 11, FORM_ADDRESS, DHCP_NOVELL_PRIMARY_DSS, "Primary DSS" },
};
static const struct family novell = {
	ROWS(novell_rows), FORM_IGNORED, 0, DHCP_NOVELL_SUBOPTION, .is_unbounded = true,
};

void dhcp_read_novell(struct dhcp_option *o, struct wire *w)
{
	read_suboptions(o, w, &novell);
}

/* ---- 82 ---- */

/* CableLabs' own, for a relay: CL-SP-CANN-DHCP-Reg */
static void read_relay_cablelabs(struct dissection *d, struct wire *w)
{
	while (wire_left(w) >= 2) {
		uint8_t tag = wire_u8(w), n = wire_u8(w);
		static const uint16_t fields[] = {
			[1] = DHCP_AGENT_VI_CL_DOCSIS_VERSION, [2] = DHCP_AGENT_VI_CL_DPOE_SYSTEM_VERSION,
			[4] = DHCP_AGENT_VI_CL_DPOE_SYSTEM_PBB_SERVICE, [5] = DHCP_AGENT_VI_CL_SERVICE_CLASS_NAME,
			[6] = DHCP_AGENT_VI_CL_MSO_DEFINED_TEXT, [7] = DHCP_AGENT_VI_CL_SECURE_FILE_TRANSFER_URI,
		};
		struct wire value = *w;
		if (tag >= sizeof fields / sizeof *fields || !fields[tag]) {
			add_note_text(d, w, F(OPTION_VI_CL_TAG_UNKNOWN), "Unknown tag %u (%u bytes)", tag, n);
		} else if (tag <= 2) {
			uint16_t version = add_uint16(d, &value, &dhcp_fields[fields[tag]]);
			value_text(d, &value, d->last, "%u.%u", version >> 8, version & 0xff);
		} else if (tag == 4) {
			add_octets(d, &value, &dhcp_fields[fields[tag]], n);
		} else {
			add_ascii(d, &value, &dhcp_fields[fields[tag]], n);
		}
		wire_skip(w, tag == 1 || tag == 2 ? 2 : n < wire_left(w) ? n : wire_left(w));
	}
}

/* RFC 4243 */
static void read_relay_vendor(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	while (wire_more(w)) {
		uint32_t enterprise = add_uint32(d, w, F(AGENT_VI_ENTERPRISE));
		node_ref node = open_subtree(d);
		uint8_t n = add_uint8(d, w, F(AGENT_VI_DATA_LENGTH));
		if (!wire_need(w, n)) {
			close_subtree(d, node, NULL);
			return;
		}
		struct wire data = *w;
		wire_skip(w, n);
		wire_shorten(&data, n);
		if (enterprise == CABLELABS)
			read_relay_cablelabs(d, &data);
		close_subtree(d, node, NULL);
		if (enterprise != CABLELABS)
			add_octets(d, &data, F(AGENT_VALUE), n);
		wire_join(w, &data);
	}
}

/* RFC 7839 */
static void read_access_technology(struct dhcp_option *o, struct wire *w)
{
	uint32_t n = o->n < 4 ? o->n : 4;

	if (wire_need(w, n ? n : 1)) {
		add_node(o->d, w, F(AGENT_ANI_ATT), w->at, o->n, be_value(wire_here(w), n));
		value_text(o->d, w, o->d->last, "%lu", (unsigned long)be_value(wire_here(w), n));
	}
}

static void read_vrf(struct dhcp_option *o, struct wire *w)
{
	add_ascii(o->d, w, o->n == 1 ? F(AGENT_VRF_NAME_GLOBAL) : F(AGENT_VRF_NAME), o->n);
	if (o->n == 1 && w->state == WIRE_GOOD)
		value_text(o->d, w, o->d->last, "%u", w->data[w->at - 1]);
}

static void read_relay_padding(struct dhcp_option *o, struct wire *w)
{
	add_octets(o->d, w, o->field, o->n);
}

static const struct dhcp_row relay_rows[] = {
	{ 0, FORM_READ, DHCP_AGENT_VALUE, "Padding", read_relay_padding },
	{ 1, FORM_OCTETS, DHCP_AGENT_AGENT_CIRCUIT_ID, "Agent Circuit ID" },
	{ 2, FORM_OCTETS, DHCP_AGENT_AGENT_REMOTE_ID, "Agent Remote ID" },
	{ 3, FORM_OCTETS, DHCP_AGENT_RESERVED, "Reserved" },
	{ 4, FORM_UINT32, DHCP_AGENT_DOCSIS_DEVICE_CLASS, "DOCSIS Device Class" },
	{ 5, FORM_ADDRESS, DHCP_AGENT_LINK_SELECTION, "Link selection" },
	{ 6, FORM_STRING, DHCP_AGENT_SUBSCRIBER_ID, "Subscriber ID" },
	{ 7, FORM_OCTETS, DHCP_AGENT_RADIUS_ATTRIBUTES, "RADIUS Attributes" },
	{ 8, FORM_OCTETS, DHCP_AGENT_AUTHENTICATION, "Authentication" },
	{ 9, FORM_READ, 0, "Vendor-Specific Information", read_relay_vendor },
	{ 10, FORM_UINT8, DHCP_AGENT_FLAGS, "Flags" },
	{ 11, FORM_ADDRESS, DHCP_AGENT_SERVER_ID_OVERRIDE, "Server ID Override" },
	{ 12, FORM_OCTETS, DHCP_AGENT_RELAY_AGENT_ID, "Relay Agent Identifier" },
	{ 13, FORM_READ, 0, "Access Technology Type", read_access_technology },
	{ 14, FORM_STRING, DHCP_AGENT_ANI_NETWORK_NAME, "Access Network Name" },
	{ 15, FORM_STRING, DHCP_AGENT_ANI_AP_NAME, "Access Point Name" },
	{ 16, FORM_MAC, DHCP_AGENT_ANI_AP_BSSID, "Access Point BSSID" },
	{ 17, FORM_OCTETS, DHCP_AGENT_ANI_OPERATOR_ID, "Access Network Operator ID" },
	{ 18, FORM_STRING, DHCP_AGENT_ANI_OPERATOR_REALM, "Access Network Operator Realm" },
	{ 19, FORM_UNKNOWN, 0, "Source Port" },
	{ 150, FORM_ADDRESS, DHCP_AGENT_LINK_SELECTION_CISCO, "Link selection (Cisco proprietary)" },
	{ 151, FORM_READ, 0, "VRF name/VPN ID", read_vrf },
	{ 152, FORM_ADDRESS, DHCP_AGENT_SERVER_ID_OVERRIDE_CISCO, "Server ID Override (Cisco proprietary)" },
};
static const struct family relay = {
	ROWS(relay_rows), FORM_OCTETS, DHCP_AGENT_VALUE, DHCP_AGENT_SUBOPTION, DHCP_HIDDEN_AGENT_VALUE, .complains = true,
};

void dhcp_read_relay_agent(struct dhcp_option *o, struct wire *w)
{
	read_suboptions(o, w, &relay);
}

/* ---- 122 ---- */

/* RFC 3495, section 6: a name of type 0, or an address of type 1. */
static const char *provisioning_server(struct dissection *d, struct wire *value)
{
	uint8_t type = wire_u8(value);

	if (type == 1)
		return ipv4_text(d, wire_u32(value));
	return type == 0 ? dhcp_name_text(d, value) : text_of(d, "Invalid type: %u", type);
}

enum {
	CCC_PRIMARY = 1, CCC_SECONDARY, CCC_SERVER, CCC_AS_BACKOFF, CCC_AP_BACKOFF, CCC_REALM, CCC_TICKETS, CCC_TIMER,
	CCC_CONTROL,
};

/* The value in the words of its line, and how many octets it should have; 0: any number. */
static const char *packetcable_text(struct dissection *d, uint8_t code, struct wire *value, uint8_t *size)
{
	static const uint8_t sizes[] = {
		[CCC_PRIMARY] = 4, [CCC_SECONDARY] = 4, [CCC_AS_BACKOFF] = 12, [CCC_AP_BACKOFF] = 12, [CCC_TICKETS] = 1,
		[CCC_TIMER] = 1, [CCC_CONTROL] = 2,
	};

	*size = sizes[code];
	switch (code) {
	case CCC_PRIMARY: case CCC_SECONDARY:
		return ipv4_text(d, wire_u32(value));
	case CCC_SERVER:
		return provisioning_server(d, value);
	case CCC_REALM:
		return dhcp_name_text(d, value);
	case CCC_TICKETS:
		return wire_u8(value) ? "Yes" : "No";
	case CCC_TIMER:
		return text_of(d, "%u", wire_u8(value));
	case CCC_CONTROL:
		return text_of(d, "0x%04x", wire_u16(value));
	default:
		return NULL;
	}
}

static void show_packetcable_parts(struct dissection *d, uint8_t code, struct wire *value)
{
	node_ref node = open_subtree(d);

	if (code == CCC_CONTROL) {
		uint16_t bits = wire_u16(value);
		add_bits(d, value, F(CCC_IETF_SEC_TKT_PC_PROVISION_SERVER), F(CCC_IETF_SEC_TKT_ALL_PC_CALL_MANAGEMENT), 2, bits);
	} else {
		const struct field *first = code == CCC_AS_BACKOFF ? F(CL_IETF_CCC_DEV_REALM_UNC_KEY_NOM_TIMEOUT)
		                                                   : F(CL_IETF_CCC_DEV_PROV_UNC_KEY_NOM_TIMEOUT);
		for (unsigned i = 0; i < 3; i++)
			add_uint32(d, value, first + i);
	}
	close_subtree(d, node, NULL);
}

/* Octets that a value cannot do without. */
static const uint8_t least_packetcable[] = {
	[CCC_PRIMARY] = 4, [CCC_SECONDARY] = 4, [CCC_SERVER] = 1, [CCC_AS_BACKOFF] = 12, [CCC_TICKETS] = 1, [CCC_TIMER] = 1,
	[CCC_CONTROL] = 2,
};

/* False when nothing behind it can be read. */
static bool read_packetcable_suboption(struct dissection *d, struct wire *w)
{
	uint8_t code = wire_peek_u8(w, 0), n = wire_peek_u8(w, 1), size = 0;
	bool is_known = code >= CCC_PRIMARY && code <= CCC_CONTROL;

	add_node(d, w, F(VENDOR_PC_IETF_CCC_SUBOPTION), w->at, 2u + n, code);
	node_ref node = d->last;
	append_text(d, w, node, ": ");
	wire_skip(w, 2);
	if (!is_known)
		return false;
	struct wire value = *w, parts = *w;
	if (wire_left(w) < n || n < least_packetcable[code]) {
		note_text_on(d, node, F(MISSING_SUBOPT_VALUE), "no room left in option for suboption value");
		return false;
	}
	wire_skip(w, n);
	wire_shorten(&value, n);
	const char *text = packetcable_text(d, code, &value, &size);
	if (code == CCC_SERVER && wire_has(&parts, 1) && wire_here(&parts)[0] == 0)
		n--; /* the type does not count */
	append_text(d, w, node, "%s%s(%u byte%s%s)", text ? text : "", text ? " " : "", n, n == 1 ? "" : "s",
	            !size || n == size ? "" : " [Invalid]");
	if (n == size && (!text || code == CCC_CONTROL)) {
		d->last = node;
		show_packetcable_parts(d, code, &parts);
	}
	wire_join(w, &value);
	return !size || n == size;
}

void dhcp_read_packetcable(struct dhcp_option *o, struct wire *w)
{
	while (wire_more(w)) {
		if (wire_left(w) < 2) {
			add_note_text(o->d, w, F(MISSING_SUBOPT_LENGTH), "Suboption %u: no room left in option for suboption length",
			              wire_peek_u8(w, 0));
			return;
		}
		if (!read_packetcable_suboption(o->d, w))
			return;
	}
}

/* ---- 124 and 125 ---- */

void dhcp_read_vi_class(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	if (o->n == 1) {
		add_uint8(d, w, F(VI_CLASS_CL_ADDRESS_MODE));
		return;
	}
	while (wire_more(w)) {
		if (wire_left(w) < 5) {
			add_note_text(d, w, F(ENTERPRISE_MALFORMED), "length < 5");
			return;
		}
		add_uint32(d, w, F(VI_CLASS_ENTERPRISE));
		uint8_t n = add_uint8(d, w, F(VI_CLASS_LENGTH));
		add_ascii(d, w, F(VI_CLASS_DATA), n);
	}
}

/* In hex digits, as TR-069 has it. */
static void read_manufacturer(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;
	const uint8_t *digits = wire_bytes(w, wire_left(w));
	uint32_t oui = 0;

	for (unsigned i = 0; digits && i < o->n; i++)
		oui = oui << 4 | ((digits[i] & 15u) + (digits[i] >= 'A' ? 9 : 0));
	add_node(d, w, o->field, w->at - o->n, o->n, oui & 0xffffff);
	value_text(d, w, d->last, "%02x:%02x:%02x", oui >> 16 & 255, oui >> 8 & 255, oui & 255);
}

static const struct dhcp_row tr111_rows[] = {
	{ 0, FORM_OCTETS, DHCP_VI_VALUE, "Unknown" },
	{ 1, FORM_READ, DHCP_TR111_DEVICE_MANUFACTURER_OUI, "DeviceManufacturerOUI", read_manufacturer },
	{ 2, FORM_STRING, DHCP_TR111_DEVICE_SERIAL_NUMBER, "DeviceSerialNumber" },
	{ 3, FORM_STRING, DHCP_TR111_DEVICE_PRODUCT_CLASS, "DeviceProductClass" },
	{ 4, FORM_STRING, DHCP_TR111_GATEWAY_MANUFACTURER_OUI, "GatewayManufacturerOUI" },
	{ 5, FORM_STRING, DHCP_TR111_GATEWAY_SERIAL_NUMBER, "GatewaySerialNumber" },
	{ 6, FORM_STRING, DHCP_TR111_GATEWAY_PRODUCT_CLASS, "GatewayProductClass" },
};
static const struct family tr111 = { ROWS(tr111_rows), FORM_IGNORED, 0, DHCP_TR111_SUBOPTION, .goes_on = true };

static void read_option_request(struct dhcp_option *o, struct wire *w)
{
	add_octets(o->d, w, F(VI_CL_OPTION_REQUEST), o->n);
}

static const struct dhcp_row vi_cablelabs_rows[] = {
	{ 0, FORM_OCTETS, DHCP_VI_VALUE, "Unknown" },
	{ 1, FORM_READ, 0, "Option Request", read_option_request },
	{ 2, FORM_ADDRESSES, DHCP_VI_CL_TFTP_SERVER_ADDRESSES, "TFTP Server Addresses" },
	{ 3, FORM_OCTETS, DHCP_VI_CL_EROUTER_CONTAINER_OPTION, "eRouter Container Option" },
	{ 4, FORM_UINT8, DHCP_MIB_ENVIRONMENT, "MIB Environment Indicator Option" },
	{ 5, FORM_OCTETS, DHCP_VI_CL_MODEM_CAPABILITIES, "Modem Capabilities" },
};
static const struct family vi_cablelabs = {
	ROWS(vi_cablelabs_rows), FORM_IGNORED, 0, DHCP_VI_CL_SUBOPTION, .goes_on = true,
};
static const struct family vi_others = {
	NULL, 0, FORM_OCTETS, DHCP_VENDOR_DATA, DHCP_VENDOR_SUBOPTION, .goes_on = false,
};

void dhcp_read_vi_specific(struct dhcp_option *o, struct wire *w)
{
	struct dissection *d = o->d;

	while (wire_more(w)) {
		if (wire_left(w) < 5) {
			add_note_text(d, w, F(ENTERPRISE_MALFORMED), "length < 5");
			return;
		}
		uint32_t enterprise = add_uint32(d, w, F(VI_ENTERPRISE));
		node_ref node = open_subtree(d);
		uint8_t n = add_uint8(d, w, F(VI_LENGTH));
		struct wire data = *w;
		wire_skip(w, n < wire_left(w) ? n : wire_left(w));
		wire_shorten(&data, n);
		read_suboptions(o, &data, enterprise == CABLELABS ? &vi_cablelabs :
		                enterprise == BROADBAND_FORUM ? &tr111 : &vi_others);
		wire_join(w, &data);
		close_subtree(d, node, NULL);
	}
}
