#ifndef DISSECT_SMB_H
#define DISSECT_SMB_H
/* smb: what the files of SMB (MS-CIFS) share. */

#include "dissect/dissection.h"

extern const struct protocol protocol_smb;

/* ---- smb_codes.c ---- */

extern const struct names smb_command_names, smb_status_names; /* of SMB_COM_ codes and of NTSTATUS */

/* What an error of MS-CIFS, section 2.2.2.4, means: a class and a code; arena. */
const char *smb_error_text(struct dissection *d, uint8_t class, uint16_t code);

/* ---- smb_mailslot.c ---- */

/* A transaction whose name is that of a mailslot. */
struct smb_mailslot {
	const char *name;    /* up to its NUL, as on the wire */
	struct wire setup;   /* its setup words, and no more */
	struct wire header;  /* all from there on: they are followed by the count of octets, and the name */
	struct wire data;
};

bool smb_is_mailslot(const char *name);

/* A mailslot write, and what it carries. */
void smb_dissect_mailslot(struct dissection *d, struct smb_mailslot *mailslot);

#endif
