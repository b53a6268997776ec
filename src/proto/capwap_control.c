/*
 * capwap_control.c: control messages of CAPWAP (RFC 5415, sections 4.5 and 4.6), and what message elements are made of.
 *
 * Left out: most elements of the binding for IEEE 802.11 (RFC 5416, section 6), what vendors other than Cisco put into theirs.
 *
 *	|                       Message Type                            |
 *	|    Seq Num    |        Msg Element Length     |     Flags     |
 *	|              Type             |             Length            |
 *	|   Value ...   |
 */

#include "dissect/capwap.h"

enum {
	CONTROL, HEADER, MESSAGE_TYPE, ENTERPRISE, SPECIFIC, SEQUENCE, ELEMENTS_LENGTH, FLAGS, ELEMENTS, TYPE, LENGTH, VALUE,
	NOTE_LENGTH, NOTE_TYPE, STATIONS, STATION_LIMIT, ACTIVE_WTPS, MAX_WTPS, SECURITY, SECURITY_RESERVED, SECURITY_S,
	SECURITY_X, RMAC, AC_RESERVED, DTLS_POLICY, DTLS_POLICY_RESERVED, DTLS_POLICY_D, DTLS_POLICY_C, AC_INFORMATION,
	AC_VENDOR, AC_TYPE, AC_LENGTH, AC_VALUE, AC_HARDWARE, AC_SOFTWARE, IPV4_LIST, IPV6_LIST, NAME_PRIORITY,
	PRIORITY_NAME, AC_NAME, TIMESTAMP, ADD_RADIO, ADD_LENGTH, ADD_MAC_48, ADD_MAC_64, ADD_MAC_OTHER, VLAN_NAME,
	CONTROL_IPV4, CONTROL_IPV4_COUNT, CONTROL_IPV6, CONTROL_IPV6_COUNT, TIMER_DISCOVERY, TIMER_ECHO, ERROR_RADIO,
	ERROR_INTERVAL, DELETE_RADIO, DELETE_LENGTH, DELETE_MAC_48, DELETE_MAC_64, DELETE_MAC_OTHER, DISCOVERY_TYPE,
	IDLE_TIMEOUT, LOCATION, MAXIMUM_LENGTH, LOCAL_IPV4, ADMIN_RADIO, ADMIN_STATE, STATE_RADIO, STATE, STATE_CAUSE,
	RESULT, SESSION_ID, STATISTICS_TIMER, VENDOR, VENDOR_TYPE, VENDOR_DATA, BOARD_VENDOR, BOARD_DATA, BOARD_TYPE,
	BOARD_LENGTH, BOARD_VALUE, BOARD_MODEL, BOARD_SERIAL, BOARD_ID, BOARD_REVISION, BOARD_MAC, MAX_RADIOS, RADIOS,
	ENCRYPTIONS, ENCRYPTION, ENCRYPTION_RESERVED, ENCRYPTION_BINDING, ENCRYPTION_CAPABILITIES, DESCRIPTOR,
	DESCRIPTOR_VENDOR, DESCRIPTOR_TYPE, DESCRIPTOR_LENGTH, DESCRIPTOR_VALUE, HARDWARE, ACTIVE_SOFTWARE, BOOT,
	OTHER_SOFTWARE, FALLBACK, TUNNEL_MODE, TUNNEL_N, TUNNEL_E, TUNNEL_L, TUNNEL_R, MAC_TYPE, WTP_NAME, REBOOTS,
	REBOOTS_BY_AC, LINK_FAILURES, SOFTWARE_FAILURES, HARDWARE_FAILURES, OTHER_FAILURES, UNKNOWN_FAILURES, LAST_FAILURE,
	LOCAL_IPV6, TRANSPORT, MTU_PADDING, ECN, BSSID_RADIO, BSSID_WLAN, BSSID, DELETE_WLAN_RADIO, DELETE_WLAN, POWER_RADIO,
	POWER_RESERVED, POWER, INFO_RADIO, INFO_RESERVED, INFO_N, INFO_G, INFO_A, INFO_B, CISCO_TYPE, CISCO_VALUE,
	CISCO_UNKNOWN, CISCO_NAME, CISCO_GROUP, CISCO_LED, CISCO_TIME, CISCO_TIME_TYPE, CISCO_MWAR_TYPE, NOTE_CISCO, N_FIELDS
};

static const struct name message_types[] = {
	{ 1, "Discovery Request" }, { 2, "Discovery Response" }, { 3, "Join Request" },
	{ 4, "Join Response" }, { 5, "Configuration Status Request" },
	{ 6, "Configuration Status Response" }, { 7, "Configuration Update Request" },
	{ 8, "Configuration Update Response" }, { 9, "WTP Event Request" },
	{ 10, "WTP Event Response" }, { 11, "Change State Request" },
	{ 12, "Change State Response" }, { 13, "Echo Request" }, { 14, "Echo Response" },
	{ 15, "Image Data Request" }, { 16, "Image Data Response" }, { 17, "Reset Request" },
	{ 18, "Reset Response" }, { 19, "Primary Discovery Request" },
	{ 20, "Primary Discovery Response" }, { 21, "Data Transfer Request" },
	{ 22, "Data Transfer Response" }, { 23, "Clear Configuration Request" },
	{ 24, "Clear Configuration Response" }, { 25, "Station Configuration Request" },
	{ 26, "Station Configuration Response" },
	{ 3398913, "IEEE 802.11 WLAN Configuration Request" },
	{ 3398914, "IEEE 802.11 WLAN Configuration Response" },
};
static const struct name element_types[] = {
	{ 1, "AC Descriptor" }, { 2, "AC IPv4 List" }, { 3, "AC IPv6 List" }, { 4, "AC Name" },
	{ 5, "AC Name With Priority" }, { 6, "AC Timestamp" }, { 7, "Add MAC ACL Entry" },
	{ 8, "Add Station" }, { 9, "Reserved" }, { 10, "CAPWAP Control IPv4 Address" },
	{ 11, "CAPWAP Control IPv6 Address" }, { 12, "CAPWAP Timers" },
	{ 13, "Data Transfer Data" }, { 14, "Data Transfer Mode" },
	{ 15, "Decryption Error Report" }, { 16, "Decryption Error Report Period" },
	{ 17, "Delete MAC ACL Entry" }, { 18, "Delete Station" }, { 19, "Reserved" },
	{ 20, "Discovery Type" }, { 21, "Duplicate IPv4 Address" },
	{ 22, "Duplicate IPv6 Address" }, { 23, "Idle Timeout" }, { 24, "Image Data" },
	{ 25, "Image Identifier" }, { 26, "Image Information" }, { 27, "Initiate Download" },
	{ 28, "Location Data" }, { 29, "Maximum Message Length" },
	{ 30, "CAPWAP Local IPv4 Address" }, { 31, "Radio Administrative State " },
	{ 32, "Radio Operational State" }, { 33, "Result Code" },
	{ 34, "Returned Message Element" }, { 35, "Session ID" }, { 36, "Statistics Timer" },
	{ 37, "Vendor Specific Payload" }, { 38, "WTP Board Data" }, { 39, "WTP Descriptor" },
	{ 40, "WTP Fallback " }, { 41, "WTP Frame Tunnel Mode " }, { 42, "Reserved" },
	{ 43, "Reserved" }, { 44, "WTP MAC Type" }, { 45, "WTP Name" }, { 46, "Unused/Reserved" },
	{ 47, "WTP Radio Statistics" }, { 48, "WTP Reboot Statistics" },
	{ 49, "WTP Static IP Address Information" }, { 50, "CAPWAP Local IPv6 Address" },
	{ 51, "CAPWAP Transport Protocol" }, { 52, "MTU Discovery Padding" },
	{ 53, "ECN Support" }, { 1024, "IEEE 802.11 Add WLAN" }, { 1025, "IEEE 802.11 Antenna" },
	{ 1026, "IEEE 802.11 Assigned WTP BSSID" }, { 1027, "IEEE 802.11 Delete WLAN" },
	{ 1028, "IEEE 802.11 Direct Sequence Control" },
	{ 1029, "IEEE 802.11 Information Element" }, { 1030, "IEEE 802.11 MAC Operation" },
	{ 1031, "IEEE 802.11 MIC Countermeasures" },
	{ 1032, "IEEE 802.11 Multi-Domain Capability" }, { 1033, "IEEE 802.11 OFDM Control" },
	{ 1034, "IEEE 802.11 Rate Set" }, { 1035, "IEEE 802.11 RSNA Error Report From Station" },
	{ 1036, "IEEE 802.11 Station" }, { 1037, "IEEE 802.11 Station QoS Profile" },
	{ 1038, "IEEE 802.11 Station Session Key" }, { 1039, "IEEE 802.11 Statistics" },
	{ 1040, "IEEE 802.11 Supported Rates" }, { 1041, "IEEE 802.11 Tx Power" },
	{ 1042, "IEEE 802.11 Tx Power Level" }, { 1043, "IEEE 802.11 Update Station QoS" },
	{ 1044, "IEEE 802.11 Update WLAN" }, { 1045, "IEEE 802.11 WTP Quality of Service" },
	{ 1046, "IEEE 802.11 WTP Radio Configuration" },
	{ 1047, "IEEE 802.11 WTP Radio Fail Alarm Indication" },
	{ 1048, "IEEE 802.11 WTP Radio Information" },
	{ 1060, "IEEE 802.11 Supported MAC Profiles" }, { 1061, "IEEE 802.11 MAC Profile" },
};
static const struct name rmac[] = {
	{ 0, "Reserved" }, { 1, "Supported" }, { 2, "Not Supported" },
};
static const struct name ac_information_types[] = {
	{ 4, "AC Hardware Version" }, { 5, "AC Software Version" },
};
static const struct name discovery_types[] = {
	{ 0, "Unknown" }, { 1, "Static Configuration" }, { 2, "DHCP" }, { 3, "DNS" },
	{ 4, "AC Referral" },
};
static const struct name states[] = {
	{ 1, "Enabled" }, { 2, "Disabled" },
};
static const struct name radio_states[] = {
	{ 0, "Reserved" }, { 1, "Enabled" }, { 2, "Disabled" },
};
static const struct name causes[] = {
	{ 0, "Normal" }, { 1, "Radio Failure" }, { 2, "Software Failure" },
	{ 3, "Administratively Set" },
};
static const struct name results[] = {
	{ 0, "Success" }, { 1, "Failure (AC List Message Element MUST Be Present)" },
	{ 2, "Success (NAT Detected)" }, { 3, "Join Failure (Unspecified)" },
	{ 4, "Join Failure (Resource Depletion)" }, { 5, "Join Failure (Unknown Source)" },
	{ 6, "Join Failure (Incorrect Data)" }, { 7, "Join Failure (Session ID Already in Use)" },
	{ 8, "Join Failure (WTP Hardware Not Supported)" },
	{ 9, "Join Failure (Binding Not Supported)" }, { 10, "Reset Failure (Unable to Reset)" },
	{ 11, "Reset Failure (Firmware Write Error)" },
	{ 12, "Configuration Failure (Unable to Apply Requested Configuration - Service Provided Anyhow)" },
	{ 13, "Configuration Failure (Unable to Apply Requested Configuration - Service Not Provided)" },
	{ 14, "Image Data Error (Invalid Checksum)" },
	{ 15, "Image Data Error (Invalid Data Length)" },
	{ 16, "Image Data Error (Other Error)" },
	{ 17, "Image Data Error (Image Already Present)" },
	{ 18, "Message Unexpected (Invalid in Current State)" },
	{ 19, "Message Unexpected (Unrecognized Request)" },
	{ 20, "Failure - Missing Mandatory Message Element" },
	{ 21, "Failure - Unrecognized Message Element" },
	{ 22, "Data Transfer Error (No Information to Transfer)" },
};
static const struct name board_data_types[] = {
	{ 0, "WTP Model Number" }, { 1, "WTP Serial Number" }, { 2, "Board ID" },
	{ 3, "Board Revision" }, { 4, "Base MAC Address" },
};
static const struct name descriptor_types[] = {
	{ 0, "WTP Hardware Version" }, { 1, "WTP Active Software Version" },
	{ 2, "WTP Boot Version" }, { 3, "WTP Other Software Version" },
};
static const struct name mac_types[] = {
	{ 0, "Local MAC" }, { 1, "Split MAC" }, { 2, "Both (Local and Split MAC)" },
};
static const struct name failures[] = {
	{ 0, "Not Supported" }, { 1, "AC Initiated" }, { 2, "Link Failure" },
	{ 3, "Software Failure" }, { 4, "Hardware Failure" }, { 5, "Other Failure" },
	{ 255, "Unknown (e.g., WTP doesn't keep track of info)" },
};
static const struct name transports[] = {
	{ 1, "UDP-Lite" }, { 2, "UDP" },
};
static const struct name ecn[] = {
	{ 0, "Limited ECN Support" }, { 1, "Full and Limited ECN Support" },
};
static const struct name cisco_types[] = {
	{ 2, "MWAR Address" }, { 3, "RAD" }, { 4, "RAD Slot" }, { 5, "RAD (AP) Name" },
	{ 6, "MWAR" }, { 7, "Add WLAN" }, { 8, "WTP Radio Configuration" },
	{ 10, "Multi Domain Capability" }, { 11, "MAC Operation" }, { 12, "TX Power" },
	{ 13, "TX Power Levels" }, { 14, "Direct Sequence Control" }, { 16, "Supported Rates" },
	{ 28, "802.11 Delete WLAN" }, { 31, "MWAR NAME" }, { 35, "Location Data" },
	{ 37, "Statistics Timer" }, { 41, "Antenna Payload" }, { 44, "Certificate" },
	{ 50, "WTP Board Data" }, { 54, "AP Mode and Type" }, { 57, "AP QoS" },
	{ 59, "AC IPv4 List" }, { 83, "AP Static IP Addr" }, { 84, "SIG Payload" },
	{ 87, "SIG Toggle" }, { 91, "AC Name with Index" }, { 96, "SPAM Domain Secret" },
	{ 104, "SPAM Vendor Specific" }, { 108, "AP Uptime" }, { 123, "AP Group Name" },
	{ 125, "AP Led State Config" }, { 126, "AP Regulatory domain" }, { 127, "AP Model" },
	{ 128, "AP reset button state" }, { 134, "LWAPP Channel Power" },
	{ 137, "AP Pre STD Switch Config" }, { 138, "AP Power Injector config" },
	{ 149, "AP MinIOS Version" }, { 151, "AP Time Sync" }, { 169, "AP Domain" },
	{ 170, "AP DNS" }, { 183, "AP Backup software version" }, { 207, "Board Data Options" },
	{ 208, "MWAR Type" }, { 213, "802.11 Assoc Limit" }, { 215, "TLV Payload" },
	{ 224, "AP Log Facility" }, { 240, "AP Retransmit Param" }, { 249, "AP Venue Settings" },
};
static const struct name bindings[] = {
	{ 0, "Reserved" }, { 1, "IEEE 802.11" }, { 2, "IEEE 802.16" }, { 3, "EPCGlobal" },
};
/* Private enterprise numbers that messages of access points have. */
static const struct name enterprises[] = {
	{ 0, "Reserved" }, { 9, "ciscoSystems" }, { 12356, "Fortinet, Inc." }, { 13277, "IEEE 802.11" },
	{ 14179, "Airespace, Inc" },
};

#define IN(name) "capwap.control." name
#define EL(name) "capwap.control.message_element." name
#define CISCO(name) "capwap.control.cisco." name

static const struct field fields[N_FIELDS] = {
	[CONTROL]                 = { "capwap",
	                              "Control And Provisioning of Wireless Access Points - Control",
	                              PROTOCOL },
	[HEADER]                  = { IN("header"), "Control Header", SUBTREE },
	[MESSAGE_TYPE]            = { IN("header.message_type"), "Message Type", UINT32 },
	[ENTERPRISE]              = { IN("header.message_type.enterprise_number"),
	                              "Message Type (Enterprise Number)", UINT24,
	                              .names = NAMES(enterprises) },
	[SPECIFIC]                = { IN("header.message_type.enterprise_specific"),
	                              "Message Type (Enterprise Specific)", UINT32,
	                              .names = NAMES(message_types) },
	[SEQUENCE]                = { IN("header.sequence_number"), "Sequence Number", UINT8 },
	[ELEMENTS_LENGTH]         = { IN("header.message_element_length"), "Message Element Length",
	                              UINT16 },
	[FLAGS]                   = { IN("header.flags"), "Flags", UINT8 },
	[ELEMENTS]                = { "capwap.message_element", "Message Element", SUBTREE },
	[TYPE]                    = { "capwap.message_element.type", "Type", UINT16,
	                              .names = NAMES(element_types) },
	[LENGTH]                  = { "capwap.message_element.length", "Length", UINT16 },
	[VALUE]                   = { "capwap.message_element.value", "Value", OCTETS },
	[NOTE_LENGTH]             = { "capwap.message_element.length.bad",
	                              "Bad Message Element length", NOTE,
	                              .severity = SEVERITY_ERROR, .group = GROUP_MALFORMED },
	[NOTE_TYPE]               = { "capwap.message_element.type.undecoded",
	                              "Dissector for CAPWAP message element Type not implemented, Contact Wireshark developers if you want this supported",
	                              NOTE, .severity = SEVERITY_NOTE, .group = GROUP_UNDECODED },
	[STATIONS]                = { EL("ac_descriptor.stations"), "Stations", UINT16 },
	[STATION_LIMIT]           = { EL("ac_descriptor.limit"), "Limit Stations", UINT16 },
	[ACTIVE_WTPS]             = { EL("ac_descriptor.active_wtp"), "Active WTPs", UINT16 },
	[MAX_WTPS]                = { EL("ac_descriptor.max_wtp"), "Max WTPs", UINT16 },
	[SECURITY]                = { EL("ac_descriptor.security"), "Security Flags", UINT8, HEX },
	[SECURITY_RESERVED]       = { EL("ac_descriptor.security.r"), "Reserved", BOOLEAN,
	                              .mask = 0xf9, .names = &set_or_not },
	[SECURITY_S]              = { EL("ac_descriptor.security.s"), "AC supports the pre-shared",
	                              BOOLEAN, .mask = 0x04 },
	[SECURITY_X]              = { EL("ac_descriptor.security.x"),
	                              "AC supports X.509 Certificate", BOOLEAN, .mask = 0x02 },
	[RMAC]                    = { EL("ac_descriptor.rmac_field"), "R-MAC Field", UINT8,
	                              .names = NAMES(rmac) },
	[AC_RESERVED]             = { EL("ac_descriptor.reserved"), "Reserved", UINT8 },
	[DTLS_POLICY]             = { EL("ac_descriptor.dtls_policy"), "DTLS Policy Flags", UINT8,
	                              HEX },
	[DTLS_POLICY_RESERVED]    = { EL("ac_descriptor.dtls_policy.r"), "Reserved", UINT8, HEX,
	                              .mask = 0xf9 },
	[DTLS_POLICY_D]           = { EL("ac_descriptor.dtls_policy.d"),
	                              "DTLS-Enabled Data Channel Supported", BOOLEAN,
	                              .mask = 0x04 },
	[DTLS_POLICY_C]           = { EL("ac_descriptor.dtls_policy.c"),
	                              "Clear Text Data Channel Supported", BOOLEAN, .mask = 0x02 },
	[AC_INFORMATION]          = { EL("ac_information"), "AC Information", SUBTREE },
	[AC_VENDOR]               = { EL("ac_information.vendor"), "AC Information Vendor", UINT32,
	                              .names = NAMES(enterprises) },
	[AC_TYPE]                 = { EL("ac_information.type"), "AC Information Type", UINT16,
	                              .names = NAMES(ac_information_types) },
	[AC_LENGTH]               = { EL("ac_information.length"), "AC Information Length",
	                              UINT16 },
	[AC_VALUE]                = { EL("ac_information.value"), "AC Information Value", OCTETS },
	[AC_HARDWARE]             = { EL("ac_information.hardware_version"), "AC Hardware Version",
	                              STRING },
	[AC_SOFTWARE]             = { EL("ac_information.software_version"), "AC Software Version",
	                              STRING },
	[IPV4_LIST]               = { EL("message_element.ac_ipv4_list"), "AC IPv4 List", IPV4 },
	[IPV6_LIST]               = { EL("message_element.ac_ipv6_list"), "AC IPv6 List", IPV6 },
	[NAME_PRIORITY]           = { EL("ac_name_with_priority"), "AC Name Priority", UINT8 },
	[PRIORITY_NAME]           = { EL("ac_name"), "AC Name", STRING },
	[AC_NAME]                 = { EL("ac_name"), "AC Name", STRING },
	[TIMESTAMP]               = { EL("ac_timestamp"), "AC Timestamp", ABSOLUTE_TIME },
	[ADD_RADIO]               = { EL("add_station.radio_id"), "Radio ID", UINT8 },
	[ADD_LENGTH]              = { EL("add_station.length"), "Mac Length", UINT8 },
	[ADD_MAC_48]              = { EL("add_station.mac.eui48"), "MAC address", MAC },
	[ADD_MAC_64]              = { EL("add_station.mac.eui64"), "MAC address", EUI64 },
	[ADD_MAC_OTHER]           = { EL("add_station.mac.data"), "MAC address", OCTETS },
	[DELETE_RADIO]            = { EL("delete_station.radio_id"), "Radio ID", UINT8 },
	[DELETE_LENGTH]           = { EL("delete_station.length"), "Mac Length", UINT8 },
	[DELETE_MAC_48]           = { EL("delete_station.mac.eui48"), "MAC address", MAC },
	[DELETE_MAC_64]           = { EL("delete_station.mac.eui64"), "MAC address", EUI64 },
	[DELETE_MAC_OTHER]        = { EL("delete_station.mac.data"), "MAC address", OCTETS },
	[VLAN_NAME]               = { EL("add_station.vlan_name"), "Vlan Name", STRING },
	[CONTROL_IPV4]            = { EL("message_element.capwap_control_ipv4"),
	                              "CAPWAP Control IP Address", IPV4 },
	[CONTROL_IPV4_COUNT]      = { EL("capwap_control_wtp_count"), "CAPWAP Control WTP Count",
	                              UINT16 },
	[CONTROL_IPV6]            = { EL("message_element.capwap_control_ipv6"),
	                              "CAPWAP Control IP Address", IPV6 },
	[CONTROL_IPV6_COUNT]      = { EL("capwap_control_wtp_count"), "CAPWAP Control WTP Count",
	                              UINT16 },
	[TIMER_DISCOVERY]         = { EL("capwap_timers_discovery"),
	                              "CAPWAP Timers Discovery (Sec)", UINT8 },
	[TIMER_ECHO]              = { EL("capwap_timers_echo_request"),
	                              "CAPWAP Timers Echo Request (Sec)", UINT8 },
	[ERROR_RADIO]             = { EL("decryption_error_report_period.radio_id"),
	                              "Decryption Error Report Period Radio ID", UINT8 },
	[ERROR_INTERVAL]          = { EL("decryption_error_report_period.interval"),
	                              "Decryption Error Report Period Interval (Sec)", UINT16 },
	[DISCOVERY_TYPE]          = { EL("discovery_type"), "Discovery Type", UINT8,
	                              .names = NAMES(discovery_types) },
	[IDLE_TIMEOUT]            = { EL("idle_timeout"), "Idle Timeout (Sec)", UINT32 },
	[LOCATION]                = { EL("location_data"), "Location Data", STRING },
	[MAXIMUM_LENGTH]          = { EL("maximum_message_length"), "Maximum Message Length",
	                              UINT16 },
	[LOCAL_IPV4]              = { EL("capwap_local_ipv4_address"), "CAPWAP Local IPv4 Address",
	                              IPV4 },
	[ADMIN_RADIO]             = { EL("radio_admin.id"), "Radio Administrative ID", UINT8 },
	[ADMIN_STATE]             = { EL("radio_admin.state"), "Radio Administrative State", UINT8,
	                              .names = NAMES(states) },
	[STATE_RADIO]             = { EL("radio_op_state.radio_id"), "Radio Operational ID",
	                              UINT8 },
	[STATE]                   = { EL("radio_op_state.radio_state"), "Radio Operational State",
	                              UINT8, .names = NAMES(radio_states) },
	[STATE_CAUSE]             = { EL("radio_op_state.radio_cause"), "Radio Operational Cause",
	                              UINT8, .names = NAMES(causes) },
	[RESULT]                  = { EL("result_code"), "Result Code", UINT32,
	                              .names = NAMES(results) },
	[SESSION_ID]              = { EL("session_id"), "Session ID", OCTETS },
	[STATISTICS_TIMER]        = { EL("statistics_timer"), "Statistics Timer (Sec)", UINT16 },
	[VENDOR]                  = { EL("vsp.vendor_identifier"), "Vendor Identifier", UINT32,
	                              .names = NAMES(enterprises) },
	[VENDOR_TYPE]             = { EL("vsp.vendor_element_id"), "Vendor Element ID", UINT16 },
	[VENDOR_DATA]             = { EL("vsp.vendor_data"), "Vendor Data", OCTETS },
	[BOARD_VENDOR]            = { EL("wtp_board_data.vendor"), "WTP Board Data Vendor", UINT32,
	                              .names = NAMES(enterprises) },
	[BOARD_DATA]              = { EL("wtp_board_data"), "WTP Board Data", SUBTREE },
	[BOARD_TYPE]              = { EL("wtp_board_data.type"), "Board Data Type", UINT16,
	                              .names = NAMES(board_data_types) },
	[BOARD_LENGTH]            = { EL("wtp_board_data.length"), "Board Data Length", UINT16 },
	[BOARD_VALUE]             = { EL("wtp_board_data.value"), "Board Data Value", OCTETS },
	[BOARD_MODEL]             = { EL("wtp_board_data.wtp_model_number"), "WTP Model Number",
	                              STRING },
	[BOARD_SERIAL]            = { EL("wtp_board_data.wtp_serial_number"), "WTP Serial Number",
	                              STRING },
	[BOARD_ID]                = { EL("wtp_board_data.wtp_board_id"), "WTP Board ID", STRING },
	[BOARD_REVISION]          = { EL("wtp_board_data.wtp_board_revision"), "WTP Board Revision",
	                              STRING },
	[BOARD_MAC]               = { EL("wtp_board_data.base_mac_address"), "Base Mac Address",
	                              MAC },
	[MAX_RADIOS]              = { EL("wtp_descriptor.max_radios"), "Max Radios", UINT8 },
	[RADIOS]                  = { EL("wtp_descriptor.radio_in_use"), "Radio in use", UINT8 },
	[ENCRYPTIONS]             = { EL("wtp_descriptor.number_encrypt"),
	                              "Encryption Capabilities (Number)", UINT8 },
	[ENCRYPTION]              = { EL("wtp_descriptor.encrypt"), "Encryption Capabilities",
	                              SUBTREE },
	[ENCRYPTION_RESERVED]     = { EL("wtp_descriptor.encrypt_reserved"), "Reserved (Encrypt)",
	                              UINT8, .mask = 0xe0 },
	[ENCRYPTION_BINDING]      = { EL("wtp_descriptor.encrypt_wbid"), "Encrypt WBID", UINT8,
	                              .mask = 0x1f, .names = NAMES(bindings) },
	[ENCRYPTION_CAPABILITIES] = { EL("wtp_descriptor.encrypt_capabilities"),
	                              "Encryption Capabilities", UINT16 },
	[DESCRIPTOR]              = { EL("wtp_descriptor"), "WTP Descriptor", SUBTREE },
	[DESCRIPTOR_VENDOR]       = { EL("wtp_descriptor.vendor"), "WTP Descriptor Vendor", UINT32,
	                              .names = NAMES(enterprises) },
	[DESCRIPTOR_TYPE]         = { EL("wtp_descriptor.type"), "Descriptor Type", UINT16,
	                              .names = NAMES(descriptor_types) },
	[DESCRIPTOR_LENGTH]       = { EL("wtp_descriptor.length"), "Descriptor Length", UINT16 },
	[DESCRIPTOR_VALUE]        = { EL("wtp_descriptor.value"), "Descriptor Value", OCTETS },
	[HARDWARE]                = { EL("wtp_descriptor.hardware_version"), "WTP Hardware Version",
	                              STRING },
	[ACTIVE_SOFTWARE]         = { EL("wtp_descriptor.active_software_version"),
	                              "WTP Active Software Version", STRING },
	[BOOT]                    = { EL("wtp_descriptor.boot_version"), "WTP Boot Version",
	                              STRING },
	[OTHER_SOFTWARE]          = { EL("wtp_descriptor.other_software_version"),
	                              "WTP Other Software Version", STRING },
	[FALLBACK]                = { EL("wtp_fallback"), "WTP Fallback", UINT8,
	                              .names = NAMES(radio_states) },
	[TUNNEL_MODE]             = { EL("wtp_frame_tunnel_mode"), "WTP Frame Tunnel Mode", UINT8,
	                              HEX },
	[TUNNEL_N]                = { EL("wtp_frame_tunnel_mode.n"), "Native Frame Tunnel Mode",
	                              BOOLEAN, .mask = 0x08 },
	[TUNNEL_E]                = { EL("wtp_frame_tunnel_mode.e"), "802.3 Frame Tunnel Mode",
	                              BOOLEAN, .mask = 0x04 },
	[TUNNEL_L]                = { EL("wtp_frame_tunnel_mode.l"), "Local Bridging", BOOLEAN,
	                              .mask = 0x02 },
	[TUNNEL_R]                = { EL("wtp_frame_tunnel_mode.r"), "Reserved", UINT8, HEX,
	                              .mask = 0xf1 },
	[MAC_TYPE]                = { EL("wtp_mac_type"), "WTP MAC Type", UINT8,
	                              .names = NAMES(mac_types) },
	[WTP_NAME]                = { EL("wtp_name"), "WTP Name", STRING },
	[REBOOTS]                 = { EL("wtp_reboot_statistics.reboot_count"), "Reboot  Count",
	                              UINT16 },
	[REBOOTS_BY_AC]           = { EL("wtp_reboot_statistics.ac_initiated_count"),
	                              "AC Initiated Count", UINT16 },
	[LINK_FAILURES]           = { EL("wtp_reboot_statistics.link_failure_count"),
	                              "Link Failure Count", UINT16 },
	[SOFTWARE_FAILURES]       = { EL("wtp_reboot_statistics.sw_failure_count"),
	                              "SW Failure Count", UINT16 },
	[HARDWARE_FAILURES]       = { EL("wtp_reboot_statistics.hw_failure_count"),
	                              "HW Failure Count", UINT16 },
	[OTHER_FAILURES]          = { EL("wtp_reboot_statistics.other_failure_count"),
	                              "Other Failure Count", UINT16 },
	[UNKNOWN_FAILURES]        = { EL("wtp_reboot_statistics.unknown_failure_count"),
	                              "Unknown Failure Count", UINT16 },
	[LAST_FAILURE]            = { EL("wtp_reboot_statistics.last_failure_type"),
	                              "Last Failure Type", UINT8, .names = NAMES(failures) },
	[LOCAL_IPV6]              = { EL("capwap_local_ipv6_address"), "CAPWAP Local IPv6 Address",
	                              IPV6 },
	[TRANSPORT]               = { EL("capwap_transport_protocol"), "CAPWAP Transport Protocol",
	                              UINT8, .names = NAMES(transports) },
	[MTU_PADDING]             = { EL("mtu_discovery_padding"), "MTU Discovery Padding",
	                              OCTETS },
	[ECN]                     = { EL("ecn_support"), "ECN Support", UINT8,
	                              .names = NAMES(ecn) },
	[BSSID_RADIO]             = { EL("ieee80211_assigned_wtp_bssid.radio_id"), "Radio ID",
	                              UINT8 },
	[BSSID_WLAN]              = { EL("ieee80211_assigned_wtp_bssid.wlan_id"), "WLAN ID",
	                              UINT8 },
	[BSSID]                   = { EL("ieee80211_assigned_wtp_bssid.bssid"), "BSSID", MAC },
	[DELETE_WLAN_RADIO]       = { EL("ieee80211_delete_wlan.radio_id"), "Radio ID", UINT8 },
	[DELETE_WLAN]             = { EL("ieee80211_delete_wlan.wlan_id"), "WLAN ID", UINT8 },
	[POWER_RADIO]             = { EL("ieee80211_tx_power.radio_id"), "Radio ID", UINT8 },
	[POWER_RESERVED]          = { EL("ieee80211_tx_power.reserved"), "Reserved", UINT8, HEX },
	[POWER]                   = { EL("ieee80211_tx_power.current_tx_power"), "Current Tx Power",
	                              UINT16 },
	[INFO_RADIO]              = { EL("ieee80211_wtp_radio_info.radio_id"), "Radio ID", UINT8 },
	[INFO_RESERVED]           = { EL("ieee80211_wtp_info_radio.radio_type_reserved"),
	                              "Radio Type Reserved", OCTETS },
	[INFO_N]                  = { EL("ieee80211_wtp_info_radio.radio_type_n"),
	                              "Radio Type 802.11n", BOOLEAN, .mask = 0x8, .bits = 4 },
	[INFO_G]                  = { EL("ieee80211_wtp_info_radio.radio_type_g"),
	                              "Radio Type 802.11g", BOOLEAN, .mask = 0x4, .bits = 4 },
	[INFO_A]                  = { EL("ieee80211_wtp_info_radio.radio_type_a"),
	                              "Radio Type 802.11a", BOOLEAN, .mask = 0x2, .bits = 4 },
	[INFO_B]                  = { EL("ieee80211_wtp_info_radio.radio_type_b"),
	                              "Radio Type 802.11b", BOOLEAN, .mask = 0x1, .bits = 4 },
	[CISCO_TYPE]              = { CISCO("element_id"), "Cisco Element ID", UINT16,
	                              .names = NAMES(cisco_types) },
	[CISCO_VALUE]             = { CISCO("value"), "Cisco Value", OCTETS },
	[CISCO_UNKNOWN]           = { CISCO("unknown"), "Unknown Data", OCTETS },
	[CISCO_NAME]              = { CISCO("rad_name"), "RAD (AP) Name", STRING },
	[CISCO_GROUP]             = { CISCO("ap_group_name"), "AP Group Name", STRING },
	[CISCO_LED]               = { CISCO("ap_led_state"), "Led State", UINT16 },
	[CISCO_TIME]              = { CISCO("ap_timesync"), "AP TimeSync", ABSOLUTE_TIME },
	[CISCO_TIME_TYPE]         = { CISCO("ap_timesync.type"), "Type (?)", UINT8 },
	[CISCO_MWAR_TYPE]         = { CISCO("mwar.type"), "Type", UINT8 },
	[NOTE_CISCO]              = { "capwap.message_element.type.cisco.undecoded",
	                              "Dissector for CAPWAP message element Cisco Type not implemented",
	                              NOTE, .severity = SEVERITY_NOTE, .group = GROUP_UNDECODED },
};

struct element {
	uint16_t type;
	uint8_t first, last; /* its fields, in wire order */
	uint8_t least;       /* octets */
	bool exact;          /* and no more */
	void (*read)(struct dissection *d, struct wire *w, uint32_t end, node_ref element); /* what is behind them */
};

/* ---- fields ---- */

/* A field of its type's length; of a string and of octets what is left up to `end`. */
static void add_field(struct dissection *d, struct wire *w, const struct field *field, uint32_t end)
{
	const uint32_t rest = w->at < end ? end - w->at : 0;
	const unsigned n = field_width(field);

	if (field->type == STRING)
		add_string(d, w, field, rest);
	else if (field->type == ABSOLUTE_TIME)
		add_seconds(d, w, field);
	else if (field->type == OCTETS || field->type == IPV6)
		add_octets(d, w, field, n ? n : rest);
	else {
		const uint8_t *p = wire_bytes(w, n);
		if (p && !d->first_pass)
			add_node(d, w, field, w->at - n, n, be_value(p, n));
	}
}

/* Fields that follow each other; those with a mask are bits of the one before them. */
static void add_fields(struct dissection *d, struct wire *w, unsigned first, unsigned last, uint32_t end)
{
	for (unsigned i = first; i <= last; i++) {
		unsigned bits = i;
		add_field(d, w, &fields[i], end);
		while (bits < last && fields[bits + 1].mask)
			bits++;
		if (bits > i && w->state == WIRE_GOOD) {
			const node_ref node = open_subtree(d);
			add_bits(d, w, &fields[i + 1], &fields[bits], 1, wire_here(w)[-1]);
			close_subtree(d, node, NULL);
			i = bits;
		}
	}
}

/* ---- parts of elements, each with its type and length ---- */

struct part_look {
	uint8_t heading, vendor, type, length, value; /* fields; vendor 0: it has none */
	uint8_t values[5]; /* field of the value by type; 0: none */
	uint8_t first;     /* that type */
	const char *unknown;
};

static void add_part(struct dissection *d, struct wire *w, const struct part_look *look)
{
	const unsigned ahead = look->vendor ? 4 : 0;

	if (!wire_need(w, ahead + 4))
		return;
	const uint16_t type = wire_peek_u16(w, ahead), length = wire_peek_u16(w, ahead + 2);
	const unsigned row = (unsigned)type - look->first;
	const node_ref node = open_heading(d, w, &fields[look->heading]);
	const char *name = name_of(fields[look->type].names, type);
	set_text(d, w, node, "%s: (t=%u,l=%u) %s", fields[look->heading].label, type, length,
	         name ? name : text_of(d, "Unknown %s Type (%02u)", look->unknown, type));
	if (look->vendor)
		add_uint32(d, w, &fields[look->vendor]);
	add_uint16(d, w, &fields[look->type]);
	add_uint16(d, w, &fields[look->length]);
	struct wire value = *w;
	add_octets(d, w, &fields[look->value], length);
	if (!length)
		value_text(d, w, d->last, "<MISSING>");
	if (w->state == WIRE_GOOD && row < sizeof look->values && look->values[row])
		add_field(d, &value, &fields[look->values[row]], w->at);
	wire_join(w, &value);
	close_subtree(d, node, w);
}

static const struct part_look ac_information = {
	AC_INFORMATION, AC_VENDOR, AC_TYPE, AC_LENGTH, AC_VALUE, { AC_HARDWARE, AC_SOFTWARE }, 4, "AC Information",
};
static const struct part_look descriptor = {
	DESCRIPTOR, DESCRIPTOR_VENDOR, DESCRIPTOR_TYPE, DESCRIPTOR_LENGTH, DESCRIPTOR_VALUE,
	{ HARDWARE, ACTIVE_SOFTWARE, BOOT, OTHER_SOFTWARE }, 0, "WTP Descriptor",
};
static const struct part_look board_data = {
	BOARD_DATA, 0, BOARD_TYPE, BOARD_LENGTH, BOARD_VALUE,
	{ BOARD_MODEL, BOARD_SERIAL, BOARD_ID, BOARD_REVISION, BOARD_MAC }, 0, "Board Data",
};

/* Parts up to `end`, as long as more than `most` octets are left. */
static void add_parts(struct dissection *d, struct wire *w, uint32_t end, uint32_t most, const struct part_look *look)
{
	while (w->state == WIRE_GOOD && w->at + most < end)
		add_part(d, w, look);
}

/* ---- elements that are more than a row of fields (RFC 5415, section 4.6) ---- */

enum { PART_HEADER = 8 };

static void add_ac_information(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)element;
	add_parts(d, w, end, PART_HEADER, &ac_information);
}

static void add_board_data(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)element;
	add_parts(d, w, end, 0, &board_data);
}

static void add_descriptors(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)element;
	const uint8_t count = add_uint8(d, w, &fields[ENCRYPTIONS]);
	const node_ref list = open_subtree(d);

	for (unsigned i = 0; i < count && w->state == WIRE_GOOD; i++) {
		const node_ref node = open_heading(d, w, &fields[ENCRYPTION]);
		const uint8_t binding = wire_u8(w);
		append_text(d, w, node, ": (WBID %u)", binding & 0x1f);
		add_bits(d, w, &fields[ENCRYPTION_RESERVED], &fields[ENCRYPTION_BINDING], 1, binding);
		const uint16_t capabilities = add_uint16(d, w, &fields[ENCRYPTION_CAPABILITIES]);
		append_text(d, w, node, " %u", capabilities);
		close_subtree(d, node, w);
	}
	close_subtree(d, list, NULL);
	add_parts(d, w, end, PART_HEADER, &descriptor);
}

/* Seconds as NTP counts them, RFC 5905, section 6: since 1900, or since 2036 where the first bit is not set. */
static void add_timestamp(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	enum { FROM_1900_TO_1970 = 2208988800, FROM_1970_TO_2036 = 2085978496 };
	const uint32_t seconds = wire_u32(w);
	struct wire start = *w;
	struct timestamp time = { .seconds = seconds & 0x80000000 ? (int64_t)seconds - FROM_1900_TO_1970 :
	                                                            (int64_t)seconds + FROM_1970_TO_2036 };

	(void)element;
	start.at = end - 4;
	add_time(d, &start, &fields[TIMESTAMP], time);
	set_length(d, d->last, 4);
}

/* Addresses that fill the element, or none. */
static void add_list(struct dissection *d, struct wire *w, uint32_t end, unsigned field)
{
	if ((end - w->at) % field_width(&fields[field]))
		return;
	while (w->state == WIRE_GOOD && w->at < end)
		add_field(d, w, &fields[field], end);
}

static void add_ipv4_list(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)element;
	add_list(d, w, end, IPV4_LIST);
}

static void add_ipv6_list(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)element;
	add_list(d, w, end, IPV6_LIST);
}

/* A MAC address behind its length: the fields for one of 6 octets, of 8 and of others follow each other. */
static void add_station(struct dissection *d, struct wire *w, unsigned length_field)
{
	const uint8_t length = add_uint8(d, w, &fields[length_field]);

	add_field(d, w, &fields[length_field + (length == 6 ? 1 : length == 8 ? 2 : 3)], w->at + length);
}

static void add_add_station(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)element;
	add_station(d, w, ADD_LENGTH);
	if (w->state == WIRE_GOOD && w->at < end)
		add_field(d, w, &fields[VLAN_NAME], end);
}

static void add_delete_station(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)end, (void)element;
	add_station(d, w, DELETE_LENGTH);
}

static void add_radio_types(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	(void)end, (void)element;
	add_octets(d, w, &fields[INFO_RESERVED], 3);
	const uint8_t types = wire_u8(w);
	add_bits(d, w, &fields[INFO_N], &fields[INFO_B], 1, types);
}

/* ---- vendors' elements ---- */

enum { CISCO_ENTERPRISE = 4232704 };

static const struct element cisco_elements[] = {
	{ 5, CISCO_NAME, CISCO_NAME, 0, false, NULL },
	{ 123, CISCO_GROUP, CISCO_GROUP, 0, false, NULL },
	{ 125, CISCO_LED, CISCO_LED, 0, false, NULL },
	{ 151, CISCO_TIME, CISCO_TIME_TYPE, 0, false, NULL },
	{ 208, CISCO_MWAR_TYPE, CISCO_MWAR_TYPE, 0, false, NULL },
};

static const struct element *find_element(const struct element *rows, size_t count, uint16_t type)
{
	for (size_t i = 0; i < count; i++)
		if (rows[i].type == type)
			return &rows[i];
	return NULL;
}

static void add_cisco(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	struct wire type_octets = *w, value = *w;
	const uint16_t type = add_uint16(d, &type_octets, &fields[CISCO_TYPE]);
	const struct element *known = find_element(cisco_elements, sizeof cisco_elements / sizeof *cisco_elements, type);
	const char *name = name_of(NAMES(cisco_types), type);

	append_text(d, w, element, ": Cisco %s",
	            name ? name : text_of(d, "Unknown Vendor Specific Element Type (%02u)", type));
	wire_skip(&value, 2);
	struct wire octets = value;
	add_octets(d, &octets, &fields[CISCO_VALUE], end - value.at);
	if (known)
		add_fields(d, &value, known->first, known->last, end);
	else {
		add_note_text(d, w, &fields[NOTE_CISCO],
		              "Dissector for CAPWAP Vendor Specific (Cisco) Message Element (%u) type not implemented", type);
		add_octets(d, &value, &fields[CISCO_UNKNOWN], end - value.at);
	}
	wire_join(w, &value);
}

static void add_vendor(struct dissection *d, struct wire *w, uint32_t end, node_ref element)
{
	const uint32_t vendor = add_uint32(d, w, &fields[VENDOR]);
	struct wire content = *w;

	add_uint16(d, w, &fields[VENDOR_TYPE]);
	add_octets(d, w, &fields[VENDOR_DATA], end - w->at);
	if (vendor == CISCO_ENTERPRISE && w->state == WIRE_GOOD) {
		add_cisco(d, &content, end, element);
		wire_join(w, &content);
	}
}

/* ---- message elements ---- */

enum { NOTHING };
#define ROW(type, first, last, octets) { type, first, last, octets, true, NULL }
#define ONE(type, field, octets)       ROW(type, field, field, octets)
#define TEXT(type, first, last)        { type, first, last, 1, false, NULL }

static const struct element elements[] = {
	{ 1, STATIONS, DTLS_POLICY_C, 12, false, add_ac_information },
	{ 2, NOTHING, NOTHING, 4, false, add_ipv4_list },
	{ 3, NOTHING, NOTHING, 4, false, add_ipv6_list },
	TEXT(4, AC_NAME, AC_NAME),
	TEXT(5, NAME_PRIORITY, PRIORITY_NAME),
	{ 6, NOTHING, NOTHING, 4, true, add_timestamp },
	{ 8, ADD_RADIO, ADD_RADIO, 8, false, add_add_station },
	ROW(10, CONTROL_IPV4, CONTROL_IPV4_COUNT, 6),
	ROW(11, CONTROL_IPV6, CONTROL_IPV6_COUNT, 18),
	ROW(12, TIMER_DISCOVERY, TIMER_ECHO, 2),
	ROW(16, ERROR_RADIO, ERROR_INTERVAL, 3),
	{ 18, DELETE_RADIO, DELETE_RADIO, 8, false, add_delete_station },
	ONE(20, DISCOVERY_TYPE, 1),
	ONE(23, IDLE_TIMEOUT, 4),
	TEXT(28, LOCATION, LOCATION),
	ONE(29, MAXIMUM_LENGTH, 2),
	ONE(30, LOCAL_IPV4, 4),
	ROW(31, ADMIN_RADIO, ADMIN_STATE, 2),
	ROW(32, STATE_RADIO, STATE_CAUSE, 3),
	ONE(33, RESULT, 4),
	ONE(35, SESSION_ID, 16),
	ONE(36, STATISTICS_TIMER, 2),
	{ 37, NOTHING, NOTHING, 7, false, add_vendor },
	{ 38, BOARD_VENDOR, BOARD_VENDOR, 14, false, add_board_data },
	{ 39, MAX_RADIOS, RADIOS, 33, false, add_descriptors },
	ONE(40, FALLBACK, 1),
	ROW(41, TUNNEL_MODE, TUNNEL_R, 1),
	ONE(44, MAC_TYPE, 1),
	TEXT(45, WTP_NAME, WTP_NAME),
	ROW(48, REBOOTS, LAST_FAILURE, 15),
	ONE(50, LOCAL_IPV6, 16),
	ONE(51, TRANSPORT, 1),
	TEXT(52, MTU_PADDING, MTU_PADDING),
	ONE(53, ECN, 1),
	ROW(1026, BSSID_RADIO, BSSID, 8),
	ROW(1027, DELETE_WLAN_RADIO, DELETE_WLAN, 2),
	ROW(1041, POWER_RADIO, POWER, 4),
	{ 1048, INFO_RADIO, INFO_RADIO, 5, true, add_radio_types },
};

static void add_content(struct dissection *d, struct wire *w, const struct element *element, const char *name,
                        node_ref node, node_ref length_node, uint32_t end)
{
	const uint32_t length = end - w->at;

	if (element->exact ? length != element->least : length < element->least) {
		const int n = (int)strlen(name) - (name[strlen(name) - 1] == ' '); /* some names end in one */
		note_text_on(d, length_node, &fields[NOTE_LENGTH], "%.*s length %u wrong, must be %s %u", n, name, length,
		             element->exact ? "=" : ">=", element->least);
		return;
	}
	if (element->first)
		add_fields(d, w, element->first, element->last, end);
	if (element->read && w->state == WIRE_GOOD)
		element->read(d, w, end, node);
}

static void add_element(struct dissection *d, struct wire *w)
{
	if (!wire_need(w, 4))
		return;
	const uint16_t type = wire_peek_u16(w, 0), length = wire_peek_u16(w, 2);
	const struct element *known = find_element(elements, sizeof elements / sizeof *elements, type);
	const char *name = name_of(NAMES(element_types), type);
	const node_ref node = open_heading(d, w, &fields[ELEMENTS]);

	set_text(d, w, node, "Type: (t=%u,l=%u) %s", type, length,
	         name ? name : text_of(d, "Unknown Message Element Type (%02u)", type));
	add_uint16(d, w, &fields[TYPE]);
	const node_ref type_node = d->last;
	add_uint16(d, w, &fields[LENGTH]);
	const node_ref length_node = d->last;
	struct wire content = *w;
	add_octets(d, w, &fields[VALUE], length);
	if (w->state != WIRE_GOOD)
		return;
	if (known)
		add_content(d, &content, known, name, node, length_node, w->at);
	else
		note_text_on(d, type_node, &fields[NOTE_TYPE],
		             "Dissector for CAPWAP Message Element (%s) type not implemented, Contact Wireshark developers if "
		             "you want this supported", name ? name : text_of(d, "(%u)", type));
	wire_join(w, &content);
	close_subtree(d, node, w);
}

void capwap_add_elements(struct dissection *d, struct wire *w)
{
	while (wire_more(w))
		add_element(d, w);
}

void capwap_dissect_message(struct dissection *d, struct wire *w)
{
	node_ref node = open_heading(d, w, &fields[HEADER]);
	struct wire parts = *w;

	const uint32_t number = add_uint32(d, w, &fields[MESSAGE_TYPE]);
	const node_ref type = open_subtree(d);
	const char *name = name_of(NAMES(message_types), number);
	list_info(d, w, " - ", "%s", name ? name : text_of(d, "Unknown Message Type (0x%x)", number));
	add_node(d, w, &fields[ENTERPRISE], parts.at, 3, w->state == WIRE_GOOD ? be24(wire_here(&parts)) : 0);
	add_uint32(d, &parts, &fields[SPECIFIC]);
	close_subtree(d, type, NULL);
	add_uint8(d, w, &fields[SEQUENCE]);
	add_uint16(d, w, &fields[ELEMENTS_LENGTH]);
	add_uint8(d, w, &fields[FLAGS]);
	close_subtree(d, node, w);
	if (w->state != WIRE_GOOD)
		return;
	node = open_heading(d, w, &fields[ELEMENTS]);
	capwap_add_elements(d, w);
	close_subtree(d, node, w);
}

static void dissect(struct dissection *d, struct wire *w)
{
	capwap_dissect(d, w, &fields[CONTROL], true);
}

const struct protocol protocol_capwap_control = {
	.name = "Control And Provisioning of Wireless Access Points - Control",
	.short_name = "CAPWAP-CONTROL",
	.filter = "capwap",
	.fields = fields,
	.field_count = N_FIELDS,
	.dissect = dissect,
};
