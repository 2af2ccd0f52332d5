/* The inner loops of en_core_web_sm's networks: embedding table, convolutions, and greedy decoding of names
 * and parses. What each computes is defined by spaCy 3.8 and thinc 8.3; the sources are named at each function.
 *
 * All arrays are row-major and belong to the caller; sizes are in elements. Floats are 32 bits wide, as in spaCy.
 * The file needs a C11 compiler and nothing else: no Python header, no BLAS header (sgemm comes as a pointer).
 */
#include <math.h>
#include <stdint.h>
#include <string.h>

/* The shapes that the loops are written for; Python compares them with the model's (extract_shapes below). */
enum {
    WIDTH = 96,               /* of a token's vector */
    PIECES = 3,               /* of the maxout in the convolutions */
    WINDOW = 3,               /* tokens that a convolution sees: the left neighbour, the token, the right one */
    WIDE = WINDOW * WIDTH,    /* input of a convolution */
    OUTPUTS = PIECES * WIDTH, /* its outputs before the maxout */
    HIDDEN = 64,              /* of the layer that scores the moves of a parser */
    HIDDEN_PIECES = 2,        /* of its maxout */
    SUMS = HIDDEN_PIECES * HIDDEN,
    NAME_FEATURES = 3,   /* tokens that the next move of the name finder looks at */
    PARSE_FEATURES = 8,  /* tokens that the next move of the parser looks at */
    MAX_MOVES = 256,
    BLOCK = 128,         /* tokens of one matrix product; larger ones fall out of the L2 cache */
};

const int32_t extract_shapes[] = {WIDTH, PIECES, WINDOW, HIDDEN, HIDDEN_PIECES, NAME_FEATURES, PARSE_FEATURES, MAX_MOVES};

#ifndef SOURCE
#define SOURCE "" /* hatch_build.py gives the SHA-256 of this file */
#endif
const char extract_source[65] = SOURCE;

/* One compilation per generation of x86 processors, chosen when the library is loaded; elsewhere the compiler's
 * default, which on ARM includes its vector unit. */
#if defined(__x86_64__) && defined(__linux__) && defined(__GNUC__)
#define FOR_EACH_PROCESSOR __attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define FOR_EACH_PROCESSOR
#endif
#define INLINE static inline __attribute__((always_inline))

/* cblas_sgemm, as compiled with 64-bit or with 32-bit integers. */
typedef void (*Sgemm64)(int, int, int, int64_t, int64_t, int64_t, float, const float *, int64_t, const float *, int64_t,
                        float, float *, int64_t);
typedef void (*Sgemm32)(int, int, int, int32_t, int32_t, int32_t, float, const float *, int32_t, const float *, int32_t,
                        float, float *, int32_t);
enum { ROW_MAJOR = 101, NO_TRANSPOSE = 111, TRANSPOSE = 112 }; /* the constants of cblas.h */

/* out[n][OUTPUTS] = windows[n][WIDE] times the transposed weights[OUTPUTS][WIDE]. */
static void multiply(void *sgemm, int wide_integers, int n, const float *windows, const float *weights, float *out) {
    if (wide_integers)
        ((Sgemm64)sgemm)(ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE, n, OUTPUTS, WIDE, 1.0f, windows, WIDE, weights, WIDE, 0.0f,
                         out, OUTPUTS);
    else
        ((Sgemm32)sgemm)(ROW_MAJOR, NO_TRANSPOSE, TRANSPOSE, n, OUTPUTS, WIDE, 1.0f, windows, WIDE, weights, WIDE, 0.0f,
                         out, OUTPUTS);
}

/* ---- Embedding table: the rows of keys seen before. Open addressing; slots hold row + 1, 0 is empty. ---- */

INLINE uint64_t mix(const uint64_t *key, int64_t width) {
    uint64_t mixed = 0x9E3779B97F4A7C15ull; /* the constants of splitmix64 and MurmurHash3's finaliser */
    for (int64_t i = 0; i < width; i++) {
        mixed = (mixed ^ key[i]) * 0xff51afd7ed558ccdull;
        mixed ^= mixed >> 32;
    }
    return mixed;
}

/* Find the row of each of n keys, and give the next free row to each new key.
 *
 * slots[n_slots]: n_slots is a power of two, at least twice the number of rows; keys[rows][width]: by row.
 * used: the number of rows in use, which may grow by n; rows[n]: the answers; fresh[n]: the positions in `asked` of
 * the new keys, in the order of their rows. Returns the number of new keys. */
int32_t extract_find_rows(const uint64_t *asked, int64_t n, int64_t width, int32_t *slots, int64_t n_slots,
                          uint64_t *keys, int32_t used, int32_t *rows, int32_t *fresh) {
    const size_t bytes = (size_t)width * sizeof(uint64_t);
    int32_t n_fresh = 0;
    for (int64_t i = 0; i < n; i++) {
        const uint64_t *key = asked + i * width;
        int64_t slot = (int64_t)(mix(key, width) & (uint64_t)(n_slots - 1));
        while (slots[slot] && memcmp(keys + (int64_t)(slots[slot] - 1) * width, key, bytes))
            slot = (slot + 1) & (n_slots - 1);
        if (!slots[slot]) {
            memcpy(keys + (int64_t)used * width, key, bytes);
            slots[slot] = ++used;
            fresh[n_fresh++] = (int32_t)i;
        }
        rows[i] = slots[slot] - 1;
    }
    return n_fresh;
}

/* vectors[n][WIDTH] = the rows of table[][WIDTH]. */
void extract_gather(const float *table, const int32_t *rows, int64_t n, float *vectors) {
    for (int64_t i = 0; i < n; i++)
        memcpy(vectors + i * WIDTH, table + (int64_t)rows[i] * WIDTH, WIDTH * sizeof(float));
}

/* ---- Convolutions: spaCy's MaxoutWindowEncoder (spacy/ml/models/tok2vec.py) ---- */

/* vectors += layer_norm(maxout(sums + bias)), a row at a time; thinc/layers/maxout.py, layernorm.py, residual.py.
 * sums[n][PIECES][WIDTH]; bias[PIECES][WIDTH]; scale, shift: layernorm's G and b; vectors[n][WIDTH]. */
FOR_EACH_PROCESSOR
static void finish_layer(int n, const float *restrict sums, const float *restrict bias, const float *restrict scale,
                         const float *restrict shift, float *restrict vectors) {
    for (int row = 0; row < n; row++, sums += OUTPUTS, vectors += WIDTH) {
        float best[WIDTH], total = 0, squares = 0;
        for (int i = 0; i < WIDTH; i++) {
            float a = sums[i] + bias[i], b = sums[WIDTH + i] + bias[WIDTH + i];
            float c = sums[2 * WIDTH + i] + bias[2 * WIDTH + i], ab = a > b ? a : b;
            best[i] = ab > c ? ab : c;
        }
#pragma omp simd reduction(+ : total)
        for (int i = 0; i < WIDTH; i++) total += best[i];
        const float mean = total / WIDTH;
#pragma omp simd reduction(+ : squares)
        for (int i = 0; i < WIDTH; i++) squares += (best[i] - mean) * (best[i] - mean);
        const float factor = 1.0f / sqrtf(squares / WIDTH + 1e-8f); /* thinc's epsilon */
        for (int i = 0; i < WIDTH; i++) vectors[i] += (best[i] - mean) * factor * scale[i] + shift[i];
    }
}

/* Put the window around each of n rows into windows[n][WINDOW][WIDTH]. `left` is the row before the first, as it was
 * before this layer changed it. */
INLINE void make_windows(int n, const float *left, const float *vectors, float *windows) {
    memcpy(windows, left, WIDTH * sizeof(float));
    memcpy(windows + WIDTH, vectors, 2 * WIDTH * sizeof(float));
    for (int i = 1; i < n; i++) memcpy(windows + i * WIDE, vectors + (i - 1) * WIDTH, WIDE * sizeof(float));
}

/* Run the convolutions over n rows in place.
 *
 * vectors[n + 1][WIDTH]: the last row is zero and stays so; the row before the first counts as zero.
 * Per layer: weights[OUTPUTS][WIDE], outputs ordered by piece; bias[OUTPUTS]; scale[WIDTH]; shift[WIDTH].
 * scratch: 2 * BLOCK * WIDE floats. */
void extract_convolve(void *sgemm, int wide_integers, int n_layers, int n, float *vectors, const float *weights,
                      const float *bias, const float *scale, const float *shift, float *scratch) {
    float *windows = scratch, *sums = scratch + BLOCK * WIDE;
    for (int layer = 0; layer < n_layers; layer++) {
        float left[WIDTH] = {0};
        for (int start = 0; start < n; start += BLOCK) {
            const int size = n - start < BLOCK ? n - start : BLOCK;
            float *rows = vectors + (size_t)start * WIDTH;
            make_windows(size, left, rows, windows);
            memcpy(left, rows + (size_t)(size - 1) * WIDTH, sizeof left);
            multiply(sgemm, wide_integers, size, windows, weights, sums);
            finish_layer(size, sums, bias, scale, shift, rows);
        }
        weights += OUTPUTS * WIDE, bias += OUTPUTS, scale += WIDTH, shift += WIDTH;
    }
}

const int32_t extract_scratch = 2 * BLOCK * WIDE;

/* ---- Scores of moves: spaCy's parser model (spacy/ml/parser_model.pyx, predict_states) ---- */

/* The weights of a transition model.
 *
 * features[n][n_features][HIDDEN_PIECES][HIDDEN]: what each token adds to the sums at each position of a state;
 * missing[n_features][...]: what a position without a token adds; bias[HIDDEN_PIECES][HIDDEN];
 * weights[HIDDEN][n_moves]; move_bias[n_moves]; kinds[n_moves]: see the enums below;
 * labels[n_moves]: number of the label, equal for moves of the same label. */
typedef struct {
    const float *missing, *bias, *weights, *move_bias;
    const int32_t *kinds, *labels;
    int32_t n_moves;
} Moves;

/* scores[n_moves] of the state whose positions hold `tokens` (-1: none). */
INLINE void score_moves(const Moves *moves, const float *restrict features, const int32_t *tokens, int n_features,
                        float *restrict scores) {
    float sums[SUMS] = {0}, hidden[HIDDEN];
    for (int position = 0; position < n_features; position++) {
        const float *added = tokens[position] < 0 ? moves->missing + position * SUMS
                                                  : features + ((size_t)tokens[position] * n_features + position) * SUMS;
        for (int i = 0; i < SUMS; i++) sums[i] += added[i];
    }
    for (int i = 0; i < HIDDEN; i++) {
        const float a = sums[i] + moves->bias[i], b = sums[HIDDEN + i] + moves->bias[HIDDEN + i];
        hidden[i] = a >= b ? a : b;
    }
    const int n_moves = moves->n_moves;
    for (int move = 0; move < n_moves; move++) scores[move] = 0;
    for (int i = 0; i < HIDDEN; i++) {
        const float *restrict row = moves->weights + (size_t)i * n_moves;
        for (int move = 0; move < n_moves; move++) scores[move] += hidden[i] * row[move];
    }
    for (int move = 0; move < n_moves; move++) scores[move] += moves->move_bias[move];
}

/* ---- Names: spaCy's BiluoPushDown without preset entities (spacy/pipeline/_parser_internals/ner.pyx) ---- */

enum { BEGIN, IN, LAST, UNIT, OUT, NAME_KINDS };

/* Write each token's place in a name, iob[n] (spaCy's codes: 1 inside, 2 outside, 3 first), and its label, labels[n]
 * (-1 outside). sent_start[n]: 1 where a sentence starts; is_space[n]: tokens of white space start no name. */
FOR_EACH_PROCESSOR
void extract_find_names(const Moves *moves, const float *features, int32_t n, const int8_t *sent_start,
                        const int8_t *is_space, int32_t *iob, int32_t *labels) {
    float scores[MAX_MOVES];
    int32_t start = -1, label = -1; /* of the open name */
    for (int32_t i = 0; i < n; i++) {
        const int32_t tokens[NAME_FEATURES] = {i, start, start < 0 ? -1 : i - 1};
        score_moves(moves, features, tokens, NAME_FEATURES, scores);
        const int open = start >= 0, ends = i + 1 == n || sent_start[i + 1] == 1;
        int allowed[NAME_KINDS];
        allowed[BEGIN] = !open && !ends && !is_space[i];
        allowed[IN] = open && !ends;
        allowed[LAST] = open;
        allowed[UNIT] = !open && !is_space[i];
        allowed[OUT] = !open;
        int best = -1;
        for (int move = 0; move < moves->n_moves; move++) {
            const int kind = moves->kinds[move];
            if (kind < 0 || !allowed[kind] || (open && moves->labels[move] != label)) continue;
            if (best < 0 || scores[move] > scores[best]) best = move;
        }
        const int kind = moves->kinds[best];
        if (kind == BEGIN) start = i, label = moves->labels[best];
        iob[i] = kind == OUT ? 2 : kind == BEGIN || kind == UNIT ? 3 : 1;
        labels[i] = kind == OUT ? -1 : moves->labels[best];
        if (kind == LAST) start = -1;
    }
}

/* ---- Parse: spaCy's ArcEager without the label `subtok` (_parser_internals/arc_eager.pyx, _state.pxd) ---- */

enum { SHIFT, REDUCE, LEFT, RIGHT, BREAK, PARSE_KINDS };
enum { UNSHIFTABLE = 1, STARTS_SENTENCE = 2 };

/* A state of the parser. Each head's children to its left, and to its right, form a list from the newest to the oldest:
 * left[h] and right[h] are the newest, before[c] the child before c. A token changes its head only while it is the newest
 * child of the old one, so that lists change at their ends alone. */
typedef struct {
    int32_t n, next;                                         /* tokens; the first one not yet read */
    int32_t *stack, *returned;                               /* tokens put back from the stack into the buffer */
    int32_t n_stack, n_returned;
    int32_t *heads, *left, *right, *before;
    uint8_t *flags;
} State;

INLINE int32_t stack_at(const State *s, int32_t i) { return i < s->n_stack ? s->stack[s->n_stack - 1 - i] : -1; }

INLINE int32_t buffer_at(const State *s, int32_t i) {
    if (i < s->n_returned) return s->returned[s->n_returned - 1 - i];
    const int32_t token = s->next + i - s->n_returned;
    return token < s->n ? token : -1;
}

INLINE int32_t buffer_size(const State *s) { return s->n - s->next + s->n_returned; }

INLINE void push(State *s) { s->stack[s->n_stack++] = s->n_returned ? s->returned[--s->n_returned] : s->next++; }

INLINE void attach(State *s, int32_t child, int32_t head) {
    const int32_t old = s->heads[child];
    if (old >= 0) {
        int32_t *newest = old > child ? &s->left[old] : &s->right[old];
        if (*newest == child) *newest = s->before[child];
    }
    int32_t *newest = head > child ? &s->left[head] : &s->right[head];
    s->heads[child] = head;
    s->before[child] = *newest;
    *newest = child;
}

INLINE void reduce(State *s) {
    const int32_t token = s->stack[--s->n_stack];
    if (s->heads[token] >= 0 || s->n_stack == 0) return;
    s->flags[token] |= UNSHIFTABLE;
    s->returned[s->n_returned++] = token;
}

INLINE void find_allowed(const State *s, const int8_t *sent_start, int *allowed) {
    const int32_t first = buffer_at(s, 0), second = buffer_at(s, 1), size = buffer_size(s);
    const int starts = first >= 0 && (s->flags[first] & STARTS_SENTENCE);
    const int unshiftable = first >= 0 && (s->flags[first] & UNSHIFTABLE);
    const int may_not_start = first >= 0 && sent_start[first] == -1;
    allowed[SHIFT] = s->n_stack == 0 || (size >= 2 && !starts && !unshiftable);
    allowed[REDUCE] = s->n_stack > 0 && (size == 0 || !(s->n_stack == 1 && may_not_start));
    allowed[LEFT] = allowed[RIGHT] = s->n_stack > 0 && size > 0 && !starts;
    allowed[BREAK] = size >= 2 && second == first + 1 && !(s->flags[second] & STARTS_SENTENCE) && sent_start[second] != -1;
}

/* Write each token's head, heads[n] (-1: none, a root), and the move that attached it, moves_of[n].
 * sent_start[n]: 1 where a sentence starts, -1 where none may; work: 5 * n integers; flags[n]: bytes. */
FOR_EACH_PROCESSOR
void extract_parse(const Moves *moves, const float *features, int32_t n, const int8_t *sent_start, int32_t *heads,
                   int32_t *moves_of, int32_t *work, uint8_t *flags) {
    const size_t size = (size_t)n;
    State s = {.n = n, .stack = work, .returned = work + size, .heads = heads, .left = work + 2 * size,
               .right = work + 3 * size, .before = work + 4 * size, .flags = flags};
    for (int32_t i = 0; i < n; i++) {
        heads[i] = moves_of[i] = s.left[i] = s.right[i] = s.before[i] = -1;
        flags[i] = sent_start[i] == 1 ? STARTS_SENTENCE : 0;
    }
    float scores[MAX_MOVES];
    while (s.n_stack > 0 || buffer_size(&s) > 0) {
        const int32_t top = stack_at(&s, 0), first = buffer_at(&s, 0), second = buffer_at(&s, 1);
        const int32_t tokens[PARSE_FEATURES] = {first,
                                                second,
                                                top,
                                                stack_at(&s, 1),
                                                stack_at(&s, 2),
                                                first < 0 ? -1 : s.left[first],
                                                top < 0 ? -1 : s.left[top],
                                                top < 0 ? -1 : s.right[top]};
        int allowed[PARSE_KINDS], best = -1;
        score_moves(moves, features, tokens, PARSE_FEATURES, scores);
        find_allowed(&s, sent_start, allowed);
        for (int move = 0; move < moves->n_moves; move++)
            if (allowed[moves->kinds[move]] && (best < 0 || scores[move] > scores[best])) best = move;
        if (best < 0) return; /* spaCy gives up too (force_final); reached by no input known */
        switch (moves->kinds[best]) {
        case SHIFT: push(&s); break;
        case REDUCE: reduce(&s); break;
        case LEFT:
            attach(&s, top, first);
            moves_of[top] = best;
            s.flags[first] &= (uint8_t)~UNSHIFTABLE;
            s.n_stack--;
            break;
        case RIGHT:
            attach(&s, first, top);
            moves_of[first] = best;
            push(&s);
            break;
        case BREAK: s.flags[second] |= STARTS_SENTENCE; break;
        }
    }
}
