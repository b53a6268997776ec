/*
 * lldp_organizations.c: elements of LLDP that organizations define: IEEE 802.1 (IEEE 802.1Q, annex D), IEEE 802.3 (clause
 * 79), LLDP-MED (ANSI/TIA-1057), and IANA's (RFC 8520). What others define is shown as it is.
 */

#include "dissect/lldp.h"
#include "dissect/link.h"
#include "dissect/resolver.h"
#include "dissect/session.h"

enum {
	ORGANIZATION, SUBTYPE_802_1, SUBTYPE_802_3, SUBTYPE_MED, SUBTYPE_IANA, SUBTYPE_OTHER,
	CONTENT, PORT_VLAN, PROTOCOL_VLAN, PROTOCOL_VLAN_LAST = PROTOCOL_VLAN + 3, VLAN_ID,
	VLAN_NAME_LENGTH, VLAN_NAME, PROTOCOL_LENGTH, PROTOCOL_IDENTITY, LINK_AGGREGATION,
	LINK_AGGREGATION_LAST = LINK_AGGREGATION + 4, CONGESTION,
	CONGESTION_LAST = CONGESTION + 15, ETS, ETS_LAST = ETS + 2, ETS_RESERVED, ETS_TABLES,
	ETS_TABLES_LAST = ETS_TABLES + 23, PFC, PFC_LAST = PFC + 10, APPLICATION_RESERVED,
	APPLICATION, APPLICATION_FIELDS, APPLICATION_FIELDS_LAST = APPLICATION_FIELDS + 2,
	AUTO_NEGOTIATION, AUTO_NEGOTIATION_LAST = AUTO_NEGOTIATION + 19, INVERSE, INVERSE_BITS,
	INVERSE_BITS_LAST = INVERSE_BITS + 15, MAU_TYPE, MDI_POWER,
	MDI_POWER_LAST = MDI_POWER + 6, MDI_TYPE, MDI_SOURCE, MDI_PRIORITY, MDI_REQUESTED,
	MDI_ALLOCATED, MDI_BT, MDI_BT_LAST = MDI_BT + 21, AGGREGATION_802_3,
	AGGREGATION_802_3_LAST = AGGREGATION_802_3 + 3, FRAME_SIZE, EEE, EEE_LAST = EEE + 4,
	ETHERNET_CAPABILITIES, ETHERNET_CAPABILITIES_LAST = ETHERNET_CAPABILITIES + 5,
	MED_CAPABILITIES, MED_CAPABILITIES_LAST = MED_CAPABILITIES + 7, NETWORK_POLICY,
	NETWORK_POLICY_LAST = NETWORK_POLICY + 5, LOCATION_FORMAT, LATITUDE_RESOLUTION, LATITUDE,
	LONGITUDE_RESOLUTION, LONGITUDE, ALTITUDE_TYPE, ALTITUDE_RESOLUTION, ALTITUDE, DATUM,
	CIVIC, CIVIC_LAST = CIVIC + 1, CIVIC_COUNTRY, CIVIC_TYPE, CIVIC_LENGTH, CIVIC_VALUE,
	ELIN, MED_POWER_TYPE, MED_POWER_SOURCE, MED_POWER_PRIORITY, MED_POWER, INVENTORY,
	INVENTORY_LAST = INVENTORY + 6, MUD_URL, TOO_LONG, NOTE_DEPRECATED, NOTE_TOO_LONG,
	NOTE_TOO_SHORT, TOO_SHORT, N_FIELDS
};

static const struct name subtypes_802_1[] = {
	{ 1, "Port VLAN ID" },
	{ 2, "Port and Protocol VLAN ID" },
	{ 3, "VLAN Name" },
	{ 4, "Protocol Identity" },
	{ 5, "VID Usage Digest" },
	{ 6, "Management VID" },
	{ 7, "Link Aggregation" },
	{ 8, "Congestion Notification" },
	{ 9, "ETS Configuration" },
	{ 10, "ETS Recommendation" },
	{ 11, "Priority Flow Control Configuration" },
	{ 12, "Application Protocol" },
	{ 13, "EVB" },
	{ 14, "CDCP" },
	{ 15, "Port extension" },
	{ 16, "Application VLAN" },
	{ 17, "LRP ECP Discovery" },
	{ 18, "LRP TCP Discovery" },
	{ 19, "Congestion Isolation" },
	{ 20, "Topology Recognition" },
};
static const struct name subtypes_802_3[] = {
	{ 1, "MAC/PHY Configuration/Status" },
	{ 2, "Power Via MDI" },
	{ 3, "Link Aggregation" },
	{ 4, "Maximum Frame Size" },
	{ 5, "EEE (Energy-Efficient Ethernet)" },
	{ 7, "IEEE 802.3br Additional Ethernet capabilities" },
};
static const struct name subtypes_med[] = {
	{ 1, "Media Capabilities" },
	{ 2, "Network Policy" },
	{ 3, "Location Identification" },
	{ 4, "Extended Power-via-MDI" },
	{ 5, "Inventory - Hardware Revision" },
	{ 6, "Inventory - Firmware Revision" },
	{ 7, "Inventory - Software Revision" },
	{ 8, "Inventory - Serial Number" },
	{ 9, "Inventory - Manufacturer Name" },
	{ 10, "Inventory - Model Name" },
	{ 11, "Inventory - Asset ID" },
};
static const struct name subtypes_iana[] = {
	{ 1, "Manufacturer Usage Description URL" },
};
static const struct name supported[] = {
	{ 0, "Not supported" }, { 1, "Supported" },
};
static const struct name enabled[] = {
	{ 0, "Disabled" }, { 1, "Enabled" },
};
static const struct name port_types[] = {
	{ 0, "Not specified" },
	{ 1, "From aggregation port" },
	{ 2, "From aggregator" },
	{ 3, "From single-port aggregator" },
};
static const struct name class_counts[] = {
	{ 0, "8 (0x0)" }, { 1, "1 (0x1)" }, { 2, "2 (0x2)" }, { 3, "3 (0x3)" }, { 4, "4 (0x4)" },
	{ 5, "5 (0x5)" }, { 6, "6 (0x6)" }, { 7, "7 (0x7)" },
};
static const struct name algorithms[] = {
	{ 0, "Strict Priority" },
	{ 1, "Credit-Based Shaper" },
	{ 2, "Enhanced Transmission Selection" },
	{ 255, "Vendor Specific Algorithm" },
};
static const struct name capable[] = {
	{ 0, "Not capable" }, { 1, "Capable" },
};
static const struct name selectors[] = {
	{ 0, "Reserved" },
	{ 1, "Default or Ethertype" },
	{ 2, "Port over TCP/SCTP" },
	{ 3, "Port over UDP/DCCP" },
	{ 4, "Port over TCP/SCTP/UDP/DCCP" },
	{ 5, "Reserved" },
	{ 6, "Reserved" },
	{ 7, "Reserved" },
};
static const struct name mau_types[] = {
	{ 0, "other or unknown" },
	{ 1, "AUI - no internal MAU, view from AUI" },
	{ 2, "10Base5 - thick coax MAU" },
	{ 3, "Foirl - FOIRL MAU" },
	{ 4, "10Base2 - thin coax MAU" },
	{ 5, "10BaseT - UTP MAU" },
	{ 6, "10BaseFP - passive fiber MAU" },
	{ 7, "10BaseFB - sync fiber MAU" },
	{ 8, "10BaseFL - async fiber MAU" },
	{ 9, "10Broad36 - broadband DTE MAU" },
	{ 10, "10BaseTHD - UTP MAU, half duplex mode" },
	{ 11, "10BaseTFD - UTP MAU, full duplex mode" },
	{ 12, "10BaseFLHD - async fiber MAU, half duplex mode" },
	{ 13, "10BaseFLDF - async fiber MAU, full duplex mode" },
	{ 14, "10BaseT4 - 4 pair category 3 UTP" },
	{ 15, "100BaseTXHD - 2 pair category 5 UTP, half duplex mode" },
	{ 16, "100BaseTXFD - 2 pair category 5 UTP, full duplex mode" },
	{ 17, "100BaseFXHD - X fiber over PMT, half duplex mode" },
	{ 18, "100BaseFXFD - X fiber over PMT, full duplex mode" },
	{ 19, "100BaseT2HD - 2 pair category 3 UTP, half duplex mode" },
	{ 20, "100BaseT2DF - 2 pair category 3 UTP, full duplex mode" },
	{ 21, "1000BaseXHD - PCS/PMA, unknown PMD, half duplex mode" },
	{ 22, "1000BaseXFD - PCS/PMA, unknown PMD, full duplex mode" },
	{ 23, "1000BaseLXHD - Fiber over long-wavelength laser, half duplex mode" },
	{ 24, "1000BaseLXFD - Fiber over long-wavelength laser, full duplex mode" },
	{ 25, "1000BaseSXHD - Fiber over short-wavelength laser, half duplex mode" },
	{ 26, "1000BaseSXFD - Fiber over short-wavelength laser, full duplex mode" },
	{ 27, "1000BaseCXHD - Copper over 150-Ohm balanced cable, half duplex mode" },
	{ 28, "1000BaseCXFD - Copper over 150-Ohm balanced cable, full duplex mode" },
	{ 29, "1000BaseTHD - Four-pair Category 5 UTP, half duplex mode" },
	{ 30, "1000BaseTFD - Four-pair Category 5 UTP, full duplex mode" },
	{ 31, "10GigBaseX - X PCS/PMA, unknown PMD." },
	{ 32, "10GigBaseLX4 - X fiber over WWDM optics" },
	{ 33, "10GigBaseR - R PCS/PMA, unknown PMD." },
	{ 34, "10GigBaseER - R fiber over 1550 nm optics" },
	{ 35, "10GigBaseLR - R fiber over 1310 nm optics" },
	{ 36, "10GigBaseSR - R fiber over 850 nm optics" },
	{ 37, "10GigBaseW - W PCS/PMA, unknown PMD." },
	{ 38, "10GigBaseEW - W fiber over 1550 nm optics" },
	{ 39, "10GigBaseLW - W fiber over 1310 nm optics" },
	{ 40, "10GigBaseSW - W fiber over 850 nm optics" },
	{ 41, "10GBASE-CX4 - X copper over 8 pair 100-Ohm balanced cable" },
	{ 42, "2BASE-TL - Voice grade UTP copper, up to 2700m, optional PAF" },
	{ 43, "10PASS-TS - Voice grade UTP copper, up to 750m, optional PAF" },
	{ 44, "100BASE-BX10D - One single-mode fiber OLT, long wavelength, 10km" },
	{ 45, "100BASE-BX10U - One single-mode fiber ONU, long wavelength, 10km" },
	{ 46, "100BASE-LX10 - One single-mode fiber ONU, long wavelength, 10km" },
	{ 47, "1000BASE-BX10D - One single-mode fiber OLT, long wavelength, 10km" },
	{ 48, "1000BASE-BX10U - One single-mode fiber ONU, long wavelength, 10km" },
	{ 49, "1000BASE-LX10 - Two sigle-mode fiber, long wavelength, 10km" },
	{ 50, "1000BASE-PX10D - One single-mode fiber EPON OLT, 10km" },
	{ 51, "1000BASE-PX10U - One single-mode fiber EPON ONU, 10km" },
	{ 52, "1000BASE-PX20D - One single-mode fiber EPON OLT, 20km" },
	{ 53, "1000BASE-PX20U - One single-mode fiber EPON ONU, 20km" },
};
static const struct name port_classes[] = {
	{ 0, "PD" }, { 1, "PSE" },
};
static const struct name power_classes[] = {
	{ 1, "0" }, { 2, "1" }, { 3, "2" }, { 4, "3" }, { 5, "4" },
};
static const struct name mdi_types[] = {
	{ 0, "Type 2 PSE Device" }, { 1, "Type 2 PD Device" }, { 2, "Type 1 PSE Device" },
	{ 3, "Type 1 PD Device" },
};
static const struct name power_priorities[] = {
	{ 0, "Unknown" }, { 1, "Critical" }, { 2, "High" }, { 3, "Low" },
};
static const struct name active[] = {
	{ 0, "Inactive" }, { 1, "Active" },
};
static const struct name classes[] = {
	{ 0, "Type Not Defined" }, { 1, "Endpoint Class I" }, { 2, "Endpoint Class II" },
	{ 3, "Endpoint Class III" }, { 4, "Network Connectivity" },
};
static const struct name applications[] = {
	{ 0, "Reserved" }, { 1, "Voice" }, { 2, "Voice Signaling" }, { 3, "Guest Voice" },
	{ 4, "Guest Voice Signaling" }, { 5, "Softphone Voice" }, { 6, "Video Conferencing" },
	{ 7, "Streaming Video" }, { 8, "Video Signaling" },
};
static const struct name policies[] = {
	{ 0, "Defined" }, { 1, "Unknown" },
};
static const struct name location_formats[] = {
	{ 0, "Invalid " }, { 1, "Coordinate-based LCI" }, { 2, "Civic Address LCI" },
	{ 3, "ECS ELIN" },
};
static const struct name altitude_types[] = {
	{ 1, "Meters" }, { 2, "Floors" },
};
static const struct name whats[] = {
	{ 0, "Location of the DHCP server" },
	{ 1, "Location of the network element believed to be closest to the client" },
	{ 2, "Location of the client" },
};
static const struct name civic_types[] = {
	{ 0, "Language" },
	{ 1, "National subdivisions (province, state, etc)" },
	{ 2, "County, parish, district" },
	{ 3, "City, township" },
	{ 4, "City division, borough, ward" },
	{ 5, "Neighborhood, block" },
	{ 6, "Street" },
	{ 16, "Leading street direction" },
	{ 17, "Trailing street suffix" },
	{ 18, "Street suffix" },
	{ 19, "House number" },
	{ 20, "House number suffix" },
	{ 21, "Landmark or vanity address" },
	{ 22, "Additional location information" },
	{ 23, "Name" },
	{ 24, "Postal/ZIP code" },
	{ 25, "Building" },
	{ 26, "Unit" },
	{ 27, "Floor" },
	{ 28, "Room number" },
	{ 29, "Place type" },
	{ 128, "Script" },
};
static const struct name med_types[] = {
	{ 0, "PSE Device" }, { 1, "PD Device" }, { 2, "PSE Device" }, { 3, "PD Device" },
};

static const struct field fields[N_FIELDS] = {
	[ORGANIZATION] = { "lldp.orgtlv.oui", "Organization Unique Code", UINT24 },
	[SUBTYPE_802_1] = { "lldp.ieee.802_1.subtype", "IEEE 802.1 Subtype", UINT8, HEX,
		.names = NAMES(subtypes_802_1) },
	[SUBTYPE_802_3] = { "lldp.ieee.802_3.subtype", "IEEE 802.3 Subtype", UINT8, HEX,
		.names = NAMES(subtypes_802_3) },
	[SUBTYPE_MED] = { "lldp.media.subtype", "Media Subtype", UINT8, HEX,
		.names = NAMES(subtypes_med) },
	[SUBTYPE_IANA] = { "lldp.iana.subtype", "IANA Subtype", UINT8, HEX,
		.names = NAMES(subtypes_iana) },
	[SUBTYPE_OTHER] = { "lldp.unknown_subtype", "Unknown Subtype", UINT8 },
	[CONTENT] = { "lldp.unknown_subtype.content", "Unknown Subtype Content", OCTETS },
	[PORT_VLAN] = { "lldp.ieee.802_1.port_vlan.id", "Port VLAN Identifier", UINT16, DEC_HEX },
	[PROTOCOL_VLAN] = { "lldp.ieee.802_1.port_and_vlan_id_flag", "Flags", UINT8, HEX },
	{ "lldp.ieee.802_1.port_and_vlan_id_flag.supported", "Port and Protocol VLAN", BOOLEAN,
		.mask = 0x2, .names = NAMES(supported) },
	{ "lldp.ieee.802_1.port_and_vlan_id_flag.enabled", "Port and Protocol VLAN", BOOLEAN,
		.mask = 0x4, .names = NAMES(enabled) },
	{ "lldp.ieee.802_1.port_proto_vlan.id", "Port and Protocol VLAN Identifier", UINT16,
		DEC_HEX },
	[VLAN_ID] = { "lldp.ieee.802_1.vlan.id", "VLAN Identifier", UINT16, DEC_HEX },
	[VLAN_NAME_LENGTH] = { "lldp.ieee.802_1.vlan.name_len", "VLAN Name Length", UINT8 },
	[VLAN_NAME] = { "lldp.ieee.802_1.vlan.name", "VLAN Name", STRING, NUL_ENDED },
	[PROTOCOL_LENGTH] = { "lldp.ieee.802_1.proto.id_length", "Protocol Identity Length",
		UINT8 },
	[PROTOCOL_IDENTITY] = { "lldp.ieee.802_1.proto.id", "Protocol Identity", OCTETS },
	[LINK_AGGREGATION] = { "lldp.ieee.802_1.aggregation_status", "Aggregation Status",
		UINT8, HEX },
	{ "lldp.ieee.802_1.aggregation_status.cap", "Aggregation Capability", BOOLEAN,
		.mask = 0x1, .names = &yes_or_no },
	{ "lldp.ieee.802_1.aggregation_status.enabled", "Aggregation Status", BOOLEAN,
		.mask = 0x2, .names = NAMES(enabled) },
	{ "lldp.ieee.802_1.aggregation_status.porttype", "Aggregation Status", UINT8,
		.mask = 0xc, .names = NAMES(port_types) },
	{ "lldp.ieee.802_1.aggregated_port_id", "Aggregated Port Id", UINT32 },
	[CONGESTION] = { "lldp.ieee.802_1qau.cnpv.prio0", "Priority 0 CNPV Capability", BOOLEAN,
		.mask = 0x1, .names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio1", "Priority 1 CNPV Capability", BOOLEAN, .mask = 0x2,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio2", "Priority 2 CNPV Capability", BOOLEAN, .mask = 0x4,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio3", "Priority 3 CNPV Capability", BOOLEAN, .mask = 0x8,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio4", "Priority 4 CNPV Capability", BOOLEAN, .mask = 0x10,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio5", "Priority 5 CNPV Capability", BOOLEAN, .mask = 0x20,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio6", "Priority 6 CNPV Capability", BOOLEAN, .mask = 0x40,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.cnpv.prio7", "Priority 7 CNPV Capability", BOOLEAN, .mask = 0x80,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_1qau.ready.prio0", "Priority 0 Ready Indicator", BOOLEAN, .mask = 0x1,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio1", "Priority 1 Ready Indicator", BOOLEAN, .mask = 0x2,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio2", "Priority 2 Ready Indicator", BOOLEAN, .mask = 0x4,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio3", "Priority 3 Ready Indicator", BOOLEAN, .mask = 0x8,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio4", "Priority 4 Ready Indicator", BOOLEAN, .mask = 0x10,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio5", "Priority 5 Ready Indicator", BOOLEAN, .mask = 0x20,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio6", "Priority 6 Ready Indicator", BOOLEAN, .mask = 0x40,
		.names = &set_or_not },
	{ "lldp.ieee.802_1qau.ready.prio7", "Priority 7 Ready Indicator", BOOLEAN, .mask = 0x80,
		.names = &set_or_not },
	[ETS] = { "lldp.dcbx.ieee.willing", "Willing", BOOLEAN, .mask = 0x80,
		.names = &yes_or_no },
	{ "lldp.dcbx.ieee.ets.cbs", "Credit-Based Shaper", BOOLEAN, .mask = 0x40,
		.names = NAMES(supported) },
	{ "lldp.dcbx.ieee.ets.maxtcs", "Maximum Number of Traffic Classes", UINT8, NAME_ONLY,
		.mask = 0x7, .names = NAMES(class_counts) },
	[ETS_RESERVED] = { "lldp.dcbx.feature.pg.reserved", "Reserved", UINT8, HEX,
		.mask = 0xfe },
	[ETS_TABLES] = { "lldp.dcbx.feature.pg.pgid_prio0", "PGID for Prio 0", UINT16,
		.mask = 0xf000 },
	{ "lldp.dcbx.feature.pg.pgid_prio1", "PGID for Prio 1", UINT16, .mask = 0xf00 },
	{ "lldp.dcbx.feature.pg.pgid_prio2", "PGID for Prio 2", UINT16, .mask = 0xf0 },
	{ "lldp.dcbx.feature.pg.pgid_prio3", "PGID for Prio 3", UINT16, .mask = 0xf },
	{ "lldp.dcbx.feature.pg.pgid_prio4", "PGID for Prio 4", UINT16, .mask = 0xf000 },
	{ "lldp.dcbx.feature.pg.pgid_prio5", "PGID for Prio 5", UINT16, .mask = 0xf00 },
	{ "lldp.dcbx.feature.pg.pgid_prio6", "PGID for Prio 6", UINT16, .mask = 0xf0 },
	{ "lldp.dcbx.feature.pg.pgid_prio7", "PGID for Prio 7", UINT16, .mask = 0xf },
	{ "lldp.dcbx.feature.pg.per0", "Bandwidth for PGID 0", UINT8 },
	{ "lldp.dcbx.feature.pg.per1", "Bandwidth for PGID 1", UINT8 },
	{ "lldp.dcbx.feature.pg.per2", "Bandwidth for PGID 2", UINT8 },
	{ "lldp.dcbx.feature.pg.per3", "Bandwidth for PGID 3", UINT8 },
	{ "lldp.dcbx.feature.pg.per4", "Bandwidth for PGID 4", UINT8 },
	{ "lldp.dcbx.feature.pg.per5", "Bandwidth for PGID 5", UINT8 },
	{ "lldp.dcbx.feature.pg.per6", "Bandwidth for PGID 6", UINT8 },
	{ "lldp.dcbx.feature.pg.per7", "Bandwidth for PGID 7", UINT8 },
	{ "lldp.dcbx.ieee.ets.tsa0", "TSA for Traffic Class 0", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa1", "TSA for Traffic Class 1", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa2", "TSA for Traffic Class 2", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa3", "TSA for Traffic Class 3", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa4", "TSA for Traffic Class 4", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa5", "TSA for Traffic Class 5", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa6", "TSA for Traffic Class 6", UINT8,
		.names = NAMES(algorithms) },
	{ "lldp.dcbx.ieee.ets.tsa7", "TSA for Traffic Class 7", UINT8,
		.names = NAMES(algorithms) },
	[PFC] = { "lldp.dcbx.ieee.willing", "Willing", BOOLEAN, .mask = 0x80,
		.names = &yes_or_no },
	{ "lldp.dcbx.ieee.pfc.mbc", "MACsec Bypass Capability", BOOLEAN, .mask = 0x40,
		.names = NAMES(capable) },
	{ "lldp.dcbx.ieee.pfc.numtcs", "Max PFC Enabled Traffic Classes", UINT8, .mask = 0xf },
	{ "lldp.dcbx.feature.pfc.prio0", "PFC for Priority 0", BOOLEAN, .mask = 0x1,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio1", "PFC for Priority 1", BOOLEAN, .mask = 0x2,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio2", "PFC for Priority 2", BOOLEAN, .mask = 0x4,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio3", "PFC for Priority 3", BOOLEAN, .mask = 0x8,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio4", "PFC for Priority 4", BOOLEAN, .mask = 0x10,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio5", "PFC for Priority 5", BOOLEAN, .mask = 0x20,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio6", "PFC for Priority 6", BOOLEAN, .mask = 0x40,
		.names = NAMES(enabled) },
	{ "lldp.dcbx.feature.pfc.prio7", "PFC for Priority 7", BOOLEAN, .mask = 0x80,
		.names = NAMES(enabled) },
	[APPLICATION_RESERVED] = { "lldp.dcbx.ieee.app.reserved", "Reserved", UINT8, HEX },
	[APPLICATION] = { NULL, "Unknown Application", SUBTREE },
	[APPLICATION_FIELDS] = { "lldp.dcbx.ieee.app.prio", "Application Priority", UINT8,
		.mask = 0xe0 },
	{ "lldp.dcbx.iee.app.sf", "Application Selector", UINT8, .mask = 0x7,
		.names = NAMES(selectors) },
	{ "lldp.dcbx.feature.app.proto", "Application Protocol Id", UINT16, HEX },
	[AUTO_NEGOTIATION] = { "lldp.ieee.802_3.mac_phy_auto_neg_status",
		"Auto-Negotiation Support/Status", UINT8, HEX },
	{ "lldp.ieee.802_3.mac_phy_auto_neg_status.supported", "Auto-Negotiation", BOOLEAN,
		.mask = 0x1, .names = NAMES(supported) },
	{ "lldp.ieee.802_3.mac_phy_auto_neg_status.enabled", "Auto-Negotiation", BOOLEAN,
		.mask = 0x2, .names = NAMES(enabled) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps",
		"PMD Auto-Negotiation Advertised Capability", UINT16, HEX },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.1000base_tfd",
		"1000BASE-T (full duplex mode)", BOOLEAN, .mask = 0x1, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.1000base_t",
		"1000BASE-T (half duplex mode)", BOOLEAN, .mask = 0x2, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.1000base_xfd",
		"1000BASE-X (-LX, -SX, -CX full duplex mode)", BOOLEAN, .mask = 0x4, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.1000base_x",
		"1000BASE-X (-LX, -SX, -CX half duplex mode)", BOOLEAN, .mask = 0x8, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.fdx_bpause",
		"Asymmetric and Symmetric PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x10, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.fdx_spause",
		"Symmetric PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x20, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.fdx_apause",
		"Asymmetric PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x40, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.fdx_pause",
		"PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x80, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.100base_t2fd",
		"100BASE-T2 (full duplex mode)", BOOLEAN, .mask = 0x100, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.100base_t2",
		"100BASE-T2 (half duplex mode)", BOOLEAN, .mask = 0x200, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.100base_txfd",
		"100BASE-TX (full duplex mode)", BOOLEAN, .mask = 0x400, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.100base_tx",
		"100BASE-TX (half duplex mode)", BOOLEAN, .mask = 0x800, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.100base_t4", "100BASE-T4", BOOLEAN,
		.mask = 0x1000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.10base_tfd",
		"10BASE-T (full duplex mode)", BOOLEAN, .mask = 0x2000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.10base_t",
		"10BASE-T (half duplex mode)", BOOLEAN, .mask = 0x4000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps.other", "Other or unknown", BOOLEAN,
		.mask = 0x8000, .names = NAMES(capable) },
	[INVERSE] = { NULL, "Same in inverse (wrong) bitorder", SUBTREE },
	[INVERSE_BITS] = { "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.1000base_tfd",
		"1000BASE-T (full duplex mode)", BOOLEAN, .mask = 0x8000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.1000base_t",
		"1000BASE-T (half duplex mode)", BOOLEAN, .mask = 0x4000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.1000base_xfd",
		"1000BASE-X (-LX, -SX, -CX full duplex mode)", BOOLEAN, .mask = 0x2000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.1000base_x",
		"1000BASE-X (-LX, -SX, -CX half duplex mode)", BOOLEAN, .mask = 0x1000, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.fdx_bpause",
		"Asymmetric and Symmetric PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x800, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.fdx_spause",
		"Symmetric PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x400, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.fdx_apause",
		"Asymmetric PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x200, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.fdx_pause",
		"PAUSE (for full-duplex links)", BOOLEAN, .mask = 0x100, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.100base_t2fd",
		"100BASE-T2 (full duplex mode)", BOOLEAN, .mask = 0x80, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.100base_t2",
		"100BASE-T2 (half duplex mode)", BOOLEAN, .mask = 0x40, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.100base_txfd",
		"100BASE-TX (full duplex mode)", BOOLEAN, .mask = 0x20, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.100base_tx",
		"100BASE-TX (half duplex mode)", BOOLEAN, .mask = 0x10, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.100base_t4", "100BASE-T4", BOOLEAN,
		.mask = 0x8, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.10base_tfd",
		"10BASE-T (full duplex mode)", BOOLEAN, .mask = 0x4, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.10base_t",
		"10BASE-T (half duplex mode)", BOOLEAN, .mask = 0x2, .names = NAMES(capable) },
	{ "lldp.ieee.802_3.pmd_auto_neg_advertised_caps_inv.other", "Other or unknown", BOOLEAN,
		.mask = 0x1, .names = NAMES(capable) },
	[MAU_TYPE] = { "lldp.ieee.802_3.pmd_mau_type", "Operational MAU Type", UINT16, HEX,
		.names = NAMES(mau_types) },
	[MDI_POWER] = { "lldp.ieee.802_3.mdi_power_support", "MDI Power Support", UINT8, HEX },
	{ "lldp.ieee.802_3.mdi_power_support.port_class", "Port Class", BOOLEAN, .mask = 0x1,
		.names = NAMES(port_classes) },
	{ "lldp.ieee.802_3.mdi_power_support.supported", "PSE MDI Power", BOOLEAN, .mask = 0x2,
		.names = NAMES(supported) },
	{ "lldp.ieee.802_3.mdi_power_support.enabled", "PSE MDI Power", BOOLEAN, .mask = 0x4,
		.names = NAMES(enabled) },
	{ "lldp.ieee.802_3.mdi_power_support.pse_pairs", "PSE Pairs Control Ability", BOOLEAN,
		.mask = 0x8, .names = &yes_or_no },
	{ "lldp.ieee.802_3.mdi_pse_pair", "PSE Power Pair", UINT8 },
	{ "lldp.ieee.802_3.mdi_power_class", "Power Class", UINT8,
		.names = NAMES(power_classes) },
	[MDI_TYPE] = { "lldp.ieee.802_3.mdi_power_type", "Power Type", UINT8, .mask = 0xc0,
		.names = NAMES(mdi_types) },
	[MDI_SOURCE] = { "lldp.ieee.802_3.mdi_power_source", "Power Source", UINT8,
		.mask = 0x30 },
	[MDI_PRIORITY] = { "lldp.ieee.802_3.mdi_power_priority", "Power Priority", UINT8,
		.mask = 0xf, .names = NAMES(power_priorities) },
	[MDI_REQUESTED] = { "lldp.ieee.802_3.mdi_pde_requested", "PD Requested Power Value",
		UINT16 },
	[MDI_ALLOCATED] = { "lldp.ieee.802_3.mdi_pse_allocated", "PSE Allocated Power Value",
		UINT16 },
	[MDI_BT] = { "lldp.ieee.802_3.bt_ds_pd_requested_power_value_mode_a",
		"DS PD Requested Power Value Mode A", UINT16 },
	{ "lldp.ieee.802_3.bt_ds_pd_requested_power_value_mode_b",
		"DS PD Requested Power Value Mode B", UINT16 },
	{ "lldp.ieee.802_3.bt_ds_pse_allocated_power_value_alt_a",
		"DS PSE Allocated Power Value Alt A", UINT16 },
	{ "lldp.ieee.802_3.bt_ds_pse_allocated_power_value_alt_b",
		"DS PSE Allocated Power Value Alt B", UINT16 },
	{ "lldp.ieee.802_3.bt_power_status", "Power Status", UINT16, HEX },
	{ "lldp.ieee.802_3.bt_pse_powering_status", "PSE Powering Status", UINT16,
		.mask = 0xc000 },
	{ "lldp.ieee.802_3.bt_pd_powered_status", "PD Powered Status", UINT16, .mask = 0x3000 },
	{ "lldp.ieee.802_3.bt_pse_power_pairs_ext", "PSE Power Pairs ext", UINT16,
		.mask = 0xc00 },
	{ "lldp.ieee.802_3.bt_ds_pwr_class_ext_a", "DS Pwr Class Ext A", UINT16, .mask = 0x380 },
	{ "lldp.ieee.802_3.bt_ds_pwr_class_ext_b", "DS Pwr Class Ext B", UINT16, .mask = 0x70 },
	{ "lldp.ieee.802_3.bt_pwr_class_ext_", "Pwr Class Ext", UINT16, .mask = 0xf },
	{ "lldp.ieee.802_3.bt_system_setup", "System Setup", UINT8, HEX },
	{ "lldp.ieee.802_3.bt_power_type_ext", "Power Type Ext", UINT8, .mask = 0xe },
	{ "lldp.ieee.802_3.bt_pse_maximum_available_power_value",
		"PSE Maximum Available Power Value", UINT16 },
	{ "lldp.ieee.802_3.bt_autoclass", "Autoclass", UINT8, HEX },
	{ "lldp.ieee.802_3.bt_pse_autoclass_support", "PSE Autoclass support", UINT8,
		.mask = 0x4 },
	{ "lldp.ieee.802_3.bt_autoclass_completed", "Autoclass Completed", UINT8, .mask = 0x2 },
	{ "lldp.ieee.802_3.bt_autoclass_request", "Autoclass Request", UINT8, .mask = 0x1 },
	{ "lldp.ieee.802_3.bt_autoclass_reserved", "Autoclass Reserved", UINT8, HEX,
		.mask = 0xf8 },
	{ "lldp.ieee.802_3.bt_power_down", "Power down", UINT24, HEX },
	{ "lldp.ieee.802_3.bt_power_down_request", "Power down request", UINT24,
		.mask = 0xfc0000 },
	{ "lldp.ieee.802_3.bt_power_down_time", "Power down time", UINT24, .mask = 0x3ffff },
	[AGGREGATION_802_3] = { "lldp.ieee.802_3.aggregation_status", "Aggregation Status",
		UINT8, HEX },
	{ "lldp.ieee.802_3.aggregation_status.cap", "Aggregation Capability", BOOLEAN,
		.mask = 0x1, .names = &yes_or_no },
	{ "lldp.ieee.802_3.aggregation_status.enabled", "Aggregation Status", BOOLEAN,
		.mask = 0x2, .names = NAMES(enabled) },
	{ "lldp.ieee.802_3.aggregated_port_id", "Aggregated Port Id", UINT32 },
	[FRAME_SIZE] = { "lldp.ieee.802_3.max_frame_size", "Maximum Frame Size", UINT16 },
	[EEE] = { "lldp.ieee.802_3.eee.transmit", "Transmit", UINT16 },
	{ "lldp.ieee.802_3.eee.receive", "Receive", UINT16 },
	{ "lldp.ieee.802_3.eee.fallback_receive", "Fallback Receive", UINT16 },
	{ "lldp.ieee.802_3.eee.echo_transmit", "Echo Transmit", UINT16 },
	{ "lldp.ieee.802_3.eee.echo_receive", "Echo Receive", UINT16 },
	[ETHERNET_CAPABILITIES] = { "lldp.ieee.802_3br.eac", "Additional Ethernet Capabilities",
		UINT16, HEX },
	{ "lldp.ieee.802_3br.aec.support", "Preemption capabilities support", BOOLEAN,
		.mask = 0x1, .names = NAMES(supported) },
	{ "lldp.ieee.802_3br.aec.enable", "Preemption capabilities enable", BOOLEAN,
		.mask = 0x2, .names = NAMES(enabled) },
	{ "lldp.ieee.802_3br.aec.active", "Preemption capabilities active", BOOLEAN,
		.mask = 0x4, .names = NAMES(active) },
	{ "lldp.ieee.802_3br.aec.addfragsize", "Additional Fragment Size", UINT16, .mask = 0x18 },
	{ "lldp.ieee.802_3br.aec.reserved", "Reserved", UINT16, HEX, .mask = 0xffe0 },
	[MED_CAPABILITIES] = { "lldp.media.subtype.caps", "Capabilities", UINT16, HEX },
	{ "lldp.media.subtype.caps.llpd", "LLDP-MED Capabilities", BOOLEAN, .mask = 0x1,
		.names = NAMES(capable) },
	{ "lldp.media.subtype.caps.network_policy", "Network Policy", BOOLEAN, .mask = 0x2,
		.names = NAMES(capable) },
	{ "lldp.media.subtype.caps.location_id", "Location Identification", BOOLEAN,
		.mask = 0x4, .names = NAMES(capable) },
	{ "lldp.media.subtype.caps.mdi_pse", "Extended Power via MDI-PSE", BOOLEAN, .mask = 0x8,
		.names = NAMES(capable) },
	{ "lldp.media.subtype.caps.mid_pd", "Extended Power via MDI-PD", BOOLEAN, .mask = 0x10,
		.names = NAMES(capable) },
	{ "lldp.media.subtype.caps.inventory", "Inventory", BOOLEAN, .mask = 0x20,
		.names = NAMES(capable) },
	{ "lldp.media.subtype.class", "Class Type", UINT8, .names = NAMES(classes) },
	[NETWORK_POLICY] = { "lldp.media.app_type", "Application Type", UINT8,
		.names = NAMES(applications) },
	{ "lldp.media.policy_flag", "Policy", BOOLEAN, .mask = 0x800000,
		.names = NAMES(policies) },
	{ "lldp.media.tag_flag", "Tagged", BOOLEAN, .mask = 0x400000, .names = &yes_or_no },
	{ "lldp.media.vlan_id", "VLAN Id", UINT24, .mask = 0x1ffe00 },
	{ "lldp.media.l2_prio", "L2 Priority", UINT24, .mask = 0x1c0 },
	{ "lldp.media.dscp", "DSCP Priority", UINT24, .mask = 0x3f },
	[LOCATION_FORMAT] = { "lldp.media.loc.data_format", "Location Data Format", UINT8,
		.names = NAMES(location_formats) },
	[LATITUDE_RESOLUTION] = { "lldp.media.loc.lat_resolution", "Latitude Resolution", UINT8,
		.mask = 0xfc },
	[LATITUDE] = { "lldp.media.loc.latitude", "Latitude", UINT40 },
	[LONGITUDE_RESOLUTION] = { "lldp.media.loc.long_resolution", "Longitude Resolution",
		UINT8, .mask = 0xfc },
	[LONGITUDE] = { "lldp.media.loc.longitude", "Longitude", UINT40 },
	[ALTITUDE_TYPE] = { "lldp.media.loc.alt_type", "Altitude Type", UINT8, .mask = 0xf0,
		.names = NAMES(altitude_types) },
	[ALTITUDE_RESOLUTION] = { "lldp.media.loc.alt_resolution", "Altitude Resolution",
		UINT16, .mask = 0xfc0 },
	[ALTITUDE] = { "lldp.media.loc.altitude", "Altitude", UINT32, .mask = 0x3fffffff },
	[DATUM] = { "lldp.media.loc.datum", "Datum", UINT8 },
	[CIVIC] = { "lldp.media.civic.length", "LCI Length", UINT8 },
	{ "lldp.media.civic.what", "What", UINT8, .names = NAMES(whats) },
	[CIVIC_COUNTRY] = { "lldp.media.civic.country", "Country", STRING },
	[CIVIC_TYPE] = { "lldp.media.civic.type", "CA Type", UINT8, .names = NAMES(civic_types) },
	[CIVIC_LENGTH] = { "lldp.media.civic.ca_length", "CA Length", UINT8 },
	[CIVIC_VALUE] = { "lldp.media.civic.value", "CA Value", STRING, NUL_ENDED },
	[ELIN] = { "lldp.media.ecs", "ELIN", STRING, NUL_ENDED },
	[MED_POWER_TYPE] = { "lldp.media.power.type", "Power Type", UINT8, .mask = 0xc0,
		.names = NAMES(med_types) },
	[MED_POWER_SOURCE] = { "lldp.media.power.source", "Power Source", UINT8, .mask = 0x30 },
	[MED_POWER_PRIORITY] = { "lldp.media.power.prio", "Power Priority", UINT8, .mask = 0xf,
		.names = NAMES(power_priorities) },
	[MED_POWER] = { "lldp.media.power.value", "Power Value", UINT16 },
	[INVENTORY] = { "lldp.media.hardware", "Hardware Revision", STRING, NUL_PADDED },
	{ "lldp.media.firmware", "Firmware Revision", STRING, NUL_PADDED },
	{ "lldp.media.software", "Software Revision", STRING, NUL_PADDED },
	{ "lldp.media.sn", "Serial Number", STRING, NUL_PADDED },
	{ "lldp.media.manufacturer", "Manufacturer Name", STRING, NUL_PADDED },
	{ "lldp.media.model", "Model Name", STRING, NUL_PADDED },
	{ "lldp.media.asset", "Asset ID", STRING, NUL_PADDED },
	[MUD_URL] = { "lldp.iana.mudurl", "Manufacturer Usage Description URL", STRING },
	[TOO_LONG]        = { NULL, "Invalid length, greater than expected", SUBTREE },
	[TOO_SHORT]       = { NULL, "Invalid length, too short", SUBTREE },
	[NOTE_DEPRECATED] = { "lldp.tlv_deprecated", "TLV has been deprecated", NOTE, .severity = SEVERITY_WARNING,
	                      .group = GROUP_PROTOCOL },
	[NOTE_TOO_LONG]   = { "lldp.excess_length", "Invalid length, greater than expected", NOTE,
	                      .severity = SEVERITY_WARNING, .group = GROUP_MALFORMED },
	[NOTE_TOO_SHORT]  = { "lldp.incorrect_length", "Invalid length, too short", NOTE, .severity = SEVERITY_WARNING,
	                      .group = GROUP_MALFORMED },
};

#define RUN(name) &fields[name], &fields[name##_LAST]

/* ---- IEEE 802.1 ---- */

static void read_protocol_vlan(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(PROTOCOL_VLAN));
}

static void read_port_vlan(struct dissection *d, struct wire *w)
{
	add_uint16(d, w, &fields[PORT_VLAN]);
}

static void read_vlan_name(struct dissection *d, struct wire *w)
{
	add_uint16(d, w, &fields[VLAN_ID]);
	const uint8_t n = add_uint8(d, w, &fields[VLAN_NAME_LENGTH]);
	if (n)
		lldp_add_string(d, w, &fields[VLAN_NAME], n);
}

static void read_protocol_identity(struct dissection *d, struct wire *w)
{
	const uint8_t n = add_uint8(d, w, &fields[PROTOCOL_LENGTH]);

	if (n)
		add_octets(d, w, &fields[PROTOCOL_IDENTITY], n);
}

static void read_link_aggregation(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(LINK_AGGREGATION));
}

static void read_congestion(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(CONGESTION));
}

static void read_ets(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(ETS));
	lldp_read_run(d, w, RUN(ETS_TABLES));
}

static void read_ets_recommendation(struct dissection *d, struct wire *w)
{
	add_uint8(d, w, &fields[ETS_RESERVED]);
	lldp_read_run(d, w, RUN(ETS_TABLES));
}

static void read_pfc(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(PFC));
}

static void read_applications(struct dissection *d, struct wire *w)
{
	enum { SIZE = 3 };
	static const struct name known[] = { { 0x0cbc, "iSCSI" }, { 0x8906, "FCoE" }, { 0x8914, "FiP" } };

	add_uint8(d, w, &fields[APPLICATION_RESERVED]);
	while (wire_left(w) >= SIZE && wire_need(w, SIZE)) {
		add_node(d, w, &fields[APPLICATION], w->at, SIZE, 0);
		node_ref node = open_subtree(d);
		set_text(d, w, node, "%s Application", name_or(NAMES(known), be16(wire_here(w) + 1), "Unknown"));
		lldp_read_run(d, w, RUN(APPLICATION_FIELDS));
		close_subtree(d, node, w);
	}
}

/* ---- IEEE 802.3 ---- */

/* The octets of the capabilities are shown once more as some senders number their bits. */
static void read_auto_negotiation(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(AUTO_NEGOTIATION));
	if (w->state == WIRE_GOOD) {
		const uint16_t capabilities = be16(wire_here(w) - 2);
		add_node(d, w, &fields[INVERSE], w->at - 2, 2, 0);
		node_ref node = open_subtree(d);
		add_bits(d, w, &fields[INVERSE_BITS], &fields[INVERSE_BITS_LAST], 2, capabilities);
		close_subtree(d, node, NULL);
	}
	add_uint16(d, w, &fields[MAU_TYPE]);
}

/* Devices that give power have other sources than those that take it, whose types are odd. */
static void add_power_source(struct dissection *d, const struct wire *w, unsigned field, uint8_t value, bool is_known)
{
	static const char *const sources[2][4] = {
		{ "Unknown", "Primary Power Source", "Backup Power Source", "Reserved" },
		{ "Unknown", "PSE", "Local", "PSE and Local" },
	};
	const unsigned number = value >> 4 & 3;

	add_node(d, w, &fields[field], w->at - 1, 1, value);
	value_text(d, w, d->last, "%u %s", number, is_known ? sources[value >> 6 & 1][number] : "Unknown");
}

static void add_watt(struct dissection *d, struct wire *w, unsigned field)
{
	const uint16_t tenths = add_uint16(d, w, &fields[field]);

	value_text(d, w, d->last, "%u.%u. Watt", tenths / 10, tenths % 10);
}

static void read_mdi_power(struct dissection *d, struct wire *w)
{
	enum { EXTENSION = 5, BT_EXTENSION = 17 };

	lldp_read_run(d, w, RUN(MDI_POWER));
	if (wire_left(w) < EXTENSION)
		return;
	const uint8_t type = add_uint8(d, w, &fields[MDI_TYPE]);
	add_power_source(d, w, MDI_SOURCE, type, true);
	add_bits(d, w, &fields[MDI_PRIORITY], &fields[MDI_PRIORITY], 1, type);
	add_watt(d, w, MDI_REQUESTED);
	add_watt(d, w, MDI_ALLOCATED);
	if (wire_left(w) == BT_EXTENSION)
		lldp_read_run(d, w, RUN(MDI_BT));
}

static void read_aggregation_802_3(struct dissection *d, struct wire *w)
{
	note_on(d, d->last, &fields[NOTE_DEPRECATED]);
	lldp_read_run(d, w, RUN(AGGREGATION_802_3));
}

static void read_frame_size(struct dissection *d, struct wire *w)
{
	add_uint16(d, w, &fields[FRAME_SIZE]);
}

static void read_eee(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(EEE));
}

static void read_ethernet_capabilities(struct dissection *d, struct wire *w)
{
	enum { FLAGS = 3 };
	const struct field *head = &fields[ETHERNET_CAPABILITIES];
	const uint16_t value = wire_peek_u16(w, 0);
	const node_ref node = lldp_read_run(d, w, RUN(ETHERNET_CAPABILITIES));

	for (const struct field *flag = head + 1; flag <= head + FLAGS; flag++)
		if (value & flag->mask)
			append_text(d, w, node, ", %s", flag->label);
}

/* ---- LLDP-MED ---- */

static void read_med_capabilities(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(MED_CAPABILITIES));
}

static void read_network_policy(struct dissection *d, struct wire *w)
{
	lldp_read_run(d, w, RUN(NETWORK_POLICY));
}

/* RFC 6225, section 2: 6 bits of resolution, 34 of degrees with 25 behind the point. Only whole degrees are shown. */
static void add_degrees(struct dissection *d, struct wire *w, unsigned resolution, const char *const directions[2])
{
	enum { SIZE = 5, POINT = 25 };
	const uint64_t every = 0x3ffffffff, sign = 0x200000000;
	const uint8_t *p = wire_bytes(w, SIZE);

	if (!p || !SHOWING(d, w))
		return;
	const uint64_t degrees = be_value(p, SIZE) & every;
	const bool is_negative = degrees & sign;
	add_node(d, w, &fields[resolution], w->at - SIZE, 1, p[0]);
	add_node(d, w, &fields[resolution + 1], w->at - SIZE, SIZE, degrees);
	value_text(d, w, d->last, "%u.0000 degrees %s (0x%010llX)",
	           (unsigned)((is_negative ? ~degrees & every : degrees) >> POINT), directions[is_negative],
	           (unsigned long long)degrees);
}

static void read_coordinates(struct dissection *d, struct wire *w)
{
	static const char *const latitudes[] = { "North", "South" }, *const longitudes[] = { "East", "West" };
	enum { ALTITUDE_SIZE = 5 };

	add_degrees(d, w, LATITUDE_RESOLUTION, latitudes);
	add_degrees(d, w, LONGITUDE_RESOLUTION, longitudes);
	const uint8_t *p = wire_bytes(w, ALTITUDE_SIZE);
	if (p) {
		add_node(d, w, &fields[ALTITUDE_TYPE], w->at - 5, 1, p[0]);
		add_node(d, w, &fields[ALTITUDE_RESOLUTION], w->at - 5, 2, be16(p));
		add_node(d, w, &fields[ALTITUDE], w->at - 4, 4, be32(p + 1));
	}
	add_uint8(d, w, &fields[DATUM]);
}

static void say_too_short(struct dissection *d, const struct wire *w)
{
	add_node(d, w, &fields[TOO_SHORT], w->at, 0, 0);
	note_on(d, d->last, &fields[NOTE_TOO_SHORT]);
}

/* RFC 4776, section 3.1 */
static void read_civic_address(struct dissection *d, struct wire *w)
{
	enum { COUNTRY = 2 };
	const uint8_t length = wire_peek_u8(w, 0);

	lldp_read_run(d, w, RUN(CIVIC));
	lldp_add_string(d, w, &fields[CIVIC_COUNTRY], COUNTRY);
	const uint64_t end = (uint64_t)w->at + length - COUNTRY - 1;
	while (w->at < end && w->state == WIRE_GOOD) {
		add_uint8(d, w, &fields[CIVIC_TYPE]);
		if (w->at >= end) {
			say_too_short(d, w);
			wire_fail(w, (uint64_t)UINT32_MAX + 1);
			return;
		}
		const uint8_t n = add_uint8(d, w, &fields[CIVIC_LENGTH]);
		if (w->at + n > end)
			return;
		if (n)
			lldp_add_string(d, w, &fields[CIVIC_VALUE], n);
	}
}

static void read_location(struct dissection *d, struct wire *w)
{
	enum { COORDINATES = 1, CIVIC_ADDRESS, ELIN_NUMBER };

	if (!wire_left(w)) {
		say_too_short(d, w);
		return;
	}
	switch (add_uint8(d, w, &fields[LOCATION_FORMAT])) {
	case COORDINATES:
		read_coordinates(d, w);
		break;
	case CIVIC_ADDRESS:
		read_civic_address(d, w);
		break;
	case ELIN_NUMBER:
		lldp_add_string(d, w, &fields[ELIN], wire_left(w));
		break;
	}
}

static void read_med_power(struct dissection *d, struct wire *w)
{
	enum { RESERVED_TYPE = 0x80 };
	const uint8_t type = add_uint8(d, w, &fields[MED_POWER_TYPE]);

	add_power_source(d, w, MED_POWER_SOURCE, type, !(type & RESERVED_TYPE));
	add_bits(d, w, &fields[MED_POWER_PRIORITY], &fields[MED_POWER_PRIORITY], 1, type);
	const uint16_t tenths = add_uint16(d, w, &fields[MED_POWER]);
	value_text(d, w, d->last, "%u mW", tenths * 100u);
}

static void read_inventory(struct dissection *d, struct wire *w, unsigned field)
{
	if (wire_left(w))
		lldp_add_string(d, w, &fields[field], wire_left(w));
}

/* ---- IANA ---- */

static void read_mud_url(struct dissection *d, struct wire *w)
{
	lldp_add_string(d, w, &fields[MUD_URL], wire_left(w));
}

/* ---- who defines what ---- */

struct element {
	uint8_t subtype;
	void (*read)(struct dissection *d, struct wire *w);
};

static const struct element elements_802_1[] = {
	{ 1, read_port_vlan },   { 2, read_protocol_vlan }, { 3, read_vlan_name },
	{ 4, read_protocol_identity }, { 7, read_link_aggregation }, { 8, read_congestion },
	{ 9, read_ets },         { 10, read_ets_recommendation }, { 11, read_pfc },
	{ 12, read_applications }, { 0, NULL },
};
static const struct element elements_802_3[] = {
	{ 1, read_auto_negotiation }, { 2, read_mdi_power }, { 3, read_aggregation_802_3 },
	{ 4, read_frame_size },       { 5, read_eee },       { 7, read_ethernet_capabilities },
	{ 0, NULL },
};
static const struct element elements_med[] = {
	{ 1, read_med_capabilities }, { 2, read_network_policy }, { 3, read_location }, { 4, read_med_power },
	{ 0, NULL },
};
static const struct element elements_iana[] = { { 1, read_mud_url }, { 0, NULL } };

enum { INVENTORY_FIRST = 5 }; /* subtypes of LLDP-MED */

static const struct organization {
	uint32_t oui;
	uint8_t subtype;        /* field */
	const char *unknown;    /* a format for what has no name */
	const struct element *elements;
} organizations[] = {
	{ 0x00005e, SUBTYPE_IANA, "Unknown subtype (0x%x)", elements_iana },
	{ 0x00120f, SUBTYPE_802_3, "Unknown subtype 0x%x", elements_802_3 },
	{ 0x0012bb, SUBTYPE_MED, "Unknown subtype 0x%x", elements_med },
	{ 0x0080c2, SUBTYPE_802_1, "Unknown subtype 0x%x", elements_802_1 },
};

static const struct organization *organization_by(uint32_t oui)
{
	static const struct organization other = { 0, SUBTYPE_OTHER, "Unknown (%u)", NULL };

	for (unsigned i = 0; i < sizeof organizations / sizeof *organizations; i++)
		if (organizations[i].oui == oui)
			return &organizations[i];
	return &other;
}

static void title(struct dissection *d, const struct wire *w, node_ref node, uint32_t oui, uint8_t subtype,
                  const struct organization *by)
{
	char name[ORGANIZATION_LARGEST + 1];

	if (!SHOWING(d, w))
		return;
	if (!organization_of(d->session->organizations, oui, name))
		memcpy(name, "Unknown", sizeof "Unknown");
	const struct names *names = fields[by->subtype].names;
	const char *what = names ? name_of(names, subtype) : NULL;
	set_text(d, w, node, "%s - %s", name, what ? what : text_of(d, by->unknown, subtype));
}

static void read_element(struct dissection *d, struct wire *w, const struct organization *by, uint8_t subtype)
{
	for (const struct element *element = by->elements; element && element->read; element++) {
		if (element->subtype == subtype) {
			element->read(d, w);
			return;
		}
	}
	if (by->subtype == SUBTYPE_MED && subtype >= INVENTORY_FIRST && subtype <= INVENTORY_FIRST + INVENTORY_LAST - INVENTORY)
		read_inventory(d, w, INVENTORY + subtype - INVENTORY_FIRST);
	else if ((by->subtype == SUBTYPE_IANA || by->subtype == SUBTYPE_OTHER) && wire_left(w))
		add_octets(d, w, &fields[CONTENT], wire_left(w));
}

void lldp_read_organization(struct dissection *d, struct wire *w, node_ref node)
{
	const uint32_t oui = add_oui(d, w, &fields[ORGANIZATION]);
	const struct organization *by = organization_by(oui);
	const uint8_t subtype = add_uint8(d, w, &fields[by->subtype]);

	title(d, w, node, oui, subtype, by);
	read_element(d, w, by, subtype);
	if (by->subtype != SUBTYPE_802_3 || !wire_left(w))
		return;
	add_node(d, w, &fields[TOO_LONG], w->at, wire_left(w), 0);
	note_on(d, d->last, &fields[NOTE_TOO_LONG]);
}

const struct protocol protocol_lldp_organizations = {
	.name = "Link Layer Discovery Protocol of organizations", .short_name = "LLDP", .filter = "lldp", .fields = fields,
	.field_count = N_FIELDS,
};
