#ifndef DISSECT_WEBSOCKET_H
#define DISSECT_WEBSOCKET_H
/* websocket: connections that HTTP/1.x handed over to WebSocket (RFC 6455). */

#include "dissect/http.h"

struct websocket;

/* A connection, which the server opened with these extensions (RFC 6455, section 9). */
struct websocket *websocket_new(struct http_text extensions);
void websocket_free(struct websocket *websocket);

#endif
