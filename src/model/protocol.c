/* protocol.c: the registry's rows as a hash table. */

#include "dissect/protocol.h"

void protocol_index_make(struct protocol_index *index)
{
	unsigned count;
	const struct table_row *rows = table_rows(&count);

	*index = (struct protocol_index){ 0 };
	for (const struct table_row *row = rows; row < rows + count; row++) {
		uint64_t key = index_key(row->table, row->key);
		unsigned i = index_slot(index, key);

		index->slots[i].key = key;
		index->slots[i].protocol = row->protocol;
	}
}
