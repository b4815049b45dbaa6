/* SPDX-License-Identifier: GPL-3.0-or-later
 * Copyright the Socket Workbench authors */
#pragma once

#include "journal/filter/swb-filter.h"
#include "journal/filter/swb-scan-needle.h"

/* What the files of the filter share: tokens, the tree, and the matcher that runs it over blocks of records. */

G_BEGIN_DECLS

/* --- swb-filter-lex.c --- */

typedef enum
{
  SWB_TOKEN_END,
  SWB_TOKEN_WORD,     /* bytes: as written */
  SWB_TOKEN_BYTES,    /* a quoted text or hex: */
  SWB_TOKEN_REGEX,    /* bytes: the pattern */
  SWB_TOKEN_OPERATOR, /* op */
  SWB_TOKEN_OPEN,
  SWB_TOKEN_CLOSE,
  SWB_TOKEN_AND,
  SWB_TOKEN_OR,
  SWB_TOKEN_NOT,
} SwbTokenType;

typedef enum
{
  SWB_FILTER_EQ,
  SWB_FILTER_NE,
  SWB_FILTER_LT,
  SWB_FILTER_LE,
  SWB_FILTER_GT,
  SWB_FILTER_GE,
  SWB_FILTER_CONTAINS,
  SWB_FILTER_CONTAINS_CASELESS,
  SWB_FILTER_MATCHES,
} SwbFilterOp;

typedef struct
{
  SwbTokenType type;
  SwbFilterOp op;
  gsize at;         /* byte offset in the text */
  char *bytes;      /* NUL-terminated behind @n_bytes */
  gsize n_bytes;
  gboolean caseless; /* of a regex */
} SwbToken;

typedef struct
{
  const char *text;
  gsize next;       /* byte offset behind @token */
  SwbToken token;   /* the one that stands next */
  gsize error_at;   /* byte offset of the place of an error */
} SwbFilterLexer;

void swb_filter_lexer_init (SwbFilterLexer *self, const char *text);
void swb_filter_lexer_clear (SwbFilterLexer *self);

/* Goes on to the next token. */
gboolean swb_filter_lexer_next (SwbFilterLexer *self, GError **error);

/* Sets @error and the place; returns FALSE. */
gboolean swb_filter_lexer_fail (SwbFilterLexer *self, gsize at, int code, GError **error, const char *message);

const char *swb_filter_op_get_text (SwbFilterOp op);

/* --- the tree --- */

typedef enum
{
  SWB_NODE_ALL,   /* every record */
  SWB_NODE_AND,
  SWB_NODE_OR,
  SWB_NODE_NOT,
  SWB_NODE_FIELD, /* a number from the entry, between two others */
  SWB_NODE_TEXT,  /* data, peer or local */
} SwbNodeType;

typedef enum
{
  SWB_FIELD_PANE,
  SWB_FIELD_SOCKET,
  SWB_FIELD_PEER,
  SWB_FIELD_LOCAL,
  SWB_FIELD_CALL,
  SWB_FIELD_DIR,
  SWB_FIELD_LEN,
  SWB_FIELD_ERRNO,
  SWB_FIELD_RESULT,
  SWB_FIELD_TIME,
  SWB_FIELD_TOOK,
  SWB_FIELD_DATA,
  SWB_FIELD_KIND,
  SWB_FIELD_ORIGIN,
  SWB_FIELD_DESCRIPTOR, /* `socket` with a number */
  SWB_N_FIELDS
} SwbField;

/* What a time counts from. */
typedef enum
{
  SWB_TIME_SINCE_FIRST,
  SWB_TIME_BEFORE_LAST, /* the number is negative, or 0 for `-0s` */
  SWB_TIME_WALL,        /* ns since 1970 */
  SWB_TIME_OF_DAY,      /* ns since midnight of the journal's first day */
} SwbTimeBase;

typedef struct _SwbNode SwbNode;

struct _SwbNode
{
  SwbNodeType type;
  gboolean needs_bytes; /* it, or one below it */

  GPtrArray *children;  /* (element-type SwbNode): and, or: two at least; not: one */

  SwbField field;       /* these: FIELD and TEXT */
  SwbFilterOp op;
  SwbTimeBase base;
  gint64 number;
  gint64 number_to;     /* the last number that is equal: `server#all` is a range */
  char *name;           /* of a pane: "server#1"; NULL when it was given by number */
  char *bytes;          /* TEXT: what to look for; the regex's pattern */
  gsize n_bytes;
  gboolean caseless;
  SwbNeedle *needle;
  GRegex *regex;
};

SwbNode *swb_node_new (SwbNodeType type);
void swb_node_free (SwbNode *node);
gboolean swb_node_equal (const SwbNode *a, const SwbNode *b);
void swb_node_print (const SwbNode *node, GString *text);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbNode, swb_node_free)

struct _SwbFilterNames
{
  gatomicrefcount ref_count;
  SwbFilterFindPane find_pane;
  SwbFilterDupAddress dup_address;
  gpointer user_data;
  GDestroyNotify destroy;
};

struct _SwbFilter
{
  gatomicrefcount ref_count;
  SwbNode *root;
  SwbFilterNames *names; /* nullable */
};

/* --- swb-filter-field.c: what may be said of each field --- */

const char *swb_field_get_name (SwbField field);
gboolean swb_field_from_name (const char *name, SwbField *field);
gboolean swb_field_takes (SwbField field, SwbFilterOp op);

/* Words that a field's numbers have: call, dir, kind, origin, errno. NULL where there is none. */
const char *swb_field_get_word (SwbField field, gint64 number);
gboolean swb_field_from_word (SwbField field, const char *word, gint64 *number);

/* --- swb-filter-value.c: the value behind an operator; the lexer's token is the value --- */

gboolean swb_node_read_value (SwbNode *node, SwbFilterLexer *lexer, SwbFilterNames *names, GError **error);
gboolean swb_node_set_regex (SwbNode *node, SwbFilterLexer *lexer, GError **error);
void swb_node_set_needle (SwbNode *node, const SwbToken *token);

/* --- swb-filter-time.c --- */

/* On failure @code and @message say why; outputs are untouched. */
gboolean swb_filter_time_parse (const char *text, SwbTimeBase *base, gint64 *ns, int *code, const char **message);
gboolean swb_filter_duration_parse (const char *text, gint64 *ns, int *code, const char **message);
void swb_filter_time_print (GString *text, SwbTimeBase base, gint64 ns);
void swb_filter_duration_print (GString *text, gint64 ns);

/* To the journal's monotonic clock, for the last record at @n_records - 1. */
gint64 swb_filter_time_bind (SwbTimeBase base, gint64 ns, SwbJournal *journal, guint64 n_records);

/* --- swb-filter-match.c: a matcher belongs to one thread --- */

#define SWB_MATCHER_BLOCK 1024 /* records looked at together */
#define SWB_MATCHER_WORDS (SWB_MATCHER_BLOCK / 64)

typedef struct _SwbMatcher SwbMatcher;

/**
 * swb_matcher_new:
 * @n_records: how many there are, for times before the last
 * @cancelled: (nullable): set by another thread to end a block early; what is found then means nothing
 *
 * Borrows all three.
 */
SwbMatcher *swb_matcher_new (SwbFilter *filter, SwbJournal *journal, guint64 n_records, const gint *cancelled);
void swb_matcher_free (SwbMatcher *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwbMatcher, swb_matcher_free)

/**
 * swb_matcher_select:
 * @position: of the first record
 * @n: how many at most, up to %SWB_MATCHER_BLOCK; all published
 * @bits: (out): bit i is record @position + i; whole words are written
 *
 * Returns: how many it looked at, at least one: a block ends with the index segment
 */
guint swb_matcher_select (SwbMatcher *self, guint64 position, guint n, guint64 *bits);

/* Records that a regex gave up on, at its limit of steps. */
guint64 swb_matcher_get_n_undecided (const SwbMatcher *self);

/* --- swb-filter-bytes.c --- */

/* Records side by side in one index segment, and which of them are asked about. */
typedef struct
{
  SwbJournal *journal;
  SwbFilterNames *names;
  const gint *cancelled;
  const SwbEntry *entries;
  guint64 position;
  guint n;
  guint64 n_undecided;
} SwbBlock;

/* Sets in @out the bits of @asked whose text passes @node, before a `!=` turns it round. */
void swb_block_match_text (SwbBlock *self, const SwbNode *node, const guint64 *asked, guint64 *out);

/* The data of an entry, NULL when there is none or the file is damaged. */
const guint8 *swb_entry_get_data (SwbJournal *journal, const SwbEntry *entry, gsize *n_data);

G_END_DECLS
