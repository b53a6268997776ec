/* session.c: the beginning and the end of everything that changes. */

#include "dissect/session.h"

#include <stdlib.h>

#include "dissect/arena.h"
#include "dissect/geoip.h"
#include "dissect/key_log.h"
#include "dissect/protocol.h"
#include "dissect/resolver.h"

void session_begin(struct session *session, struct capture *capture, struct options options)
{
	*session = (struct session){ .options = options, .capture = capture };
	protocol_index_make(&session->index);
	conversations_begin(&session->conversations);
	reassembly_begin(&session->reassembly);
	session->organizations = organizations_new();
	session->resolver = resolver_new(session->organizations, capture, options.names, options.hosts.at,
	                                 options.hosts.count);
	session->geoip = geoip_new(session->options.geoip.at, options.geoip.count);
}

void session_end(struct session *session)
{
	for (unsigned i = 0; i < STATE_SLOTS; i++) {
		struct protocol_slot *slot = &session->states[i];
		if (slot->protocol && slot->protocol->state_end)
			slot->protocol->state_end(slot->state);
		free(slot->state);
	}
	free(session->runs);
	conversations_end(&session->conversations);
	reassembly_end(&session->reassembly);
	facts_free(&session->facts);
	field_set_free(&session->tested);
	field_set_free(&session->listed);
	key_log_free(session->keys);
	resolver_free(session->resolver);
	geoip_free(session->geoip);
	organizations_free(session->organizations);
}
