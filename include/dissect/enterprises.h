#ifndef DISSECT_ENTERPRISES_H
#define DISSECT_ENTERPRISES_H
/* enterprises: who private enterprise numbers stand for (IANA). */

#include "dissect/field.h"

extern const struct names enterprise_names;

#endif
