/* Makes the Nth file operation below a folder fail once, or end its process.

   Loaded with LD_PRELOAD, so that it sees what Python, Arrow and the C library itself ask of the kernel.
   It does nothing until `disk_arm` is called; processes that are forked after that share its counts. */

#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

#define CHANGE 0 /* what writes */
#define LOOK 1   /* what reads */
#define LONGEST 4096

struct shared {
    long counts[2][2]; /* by side (0: the process that armed, 1: its children) and kind */
    long hits;
    char what[LONGEST];
};

static struct shared *shared;
static char folder[LONGEST];
static size_t folder_size;
static pid_t armed_by;
static long wanted;
static int fails_with, at_side, of_kind, lasting;

/* Make the memory for the counts; called before the process that is to fail is forked. */
void disk_prepare(void) {
    if (!shared)
        shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    memset(shared, 0, sizeof *shared);
}

/* From now on count the operations below a folder; let that with a number fail with an error, 0: die. */
void disk_arm(const char *below, long number, int error, int side, int kind, int from_then_on) {
    snprintf(folder, sizeof folder, "%s", below);
    folder_size = strlen(folder);
    wanted = number, fails_with = error, at_side = side, of_kind = kind, lasting = from_then_on;
    armed_by = getpid();
}

long disk_count(int side, int kind) { return shared->counts[side][kind]; }
long disk_hits(void) { return shared->hits; }
const char *disk_what(void) { return shared->what; }

static int is_below(const char *path) {
    return strncmp(path, folder, folder_size) == 0 && (path[folder_size] == '/' || path[folder_size] == 0);
}

/* Count an operation on a path; return whether it has to fail, with errno set. */
static int fails(const char *name, const char *path, int kind) {
    int side, saved = errno;
    long number;
    if (!is_below(path)) return 0;
    side = getpid() != armed_by;
    number = __atomic_add_fetch(&shared->counts[side][kind], 1, __ATOMIC_SEQ_CST);
    if (side != at_side || kind != of_kind || !wanted) return 0;
    if (number != wanted && !(lasting && number > wanted)) return 0;
    if (__atomic_fetch_add(&shared->hits, 1, __ATOMIC_SEQ_CST) == 0)
        snprintf(shared->what, sizeof shared->what, "%s %.3000s", name, path);
    errno = saved;
    if (!fails_with) kill(getpid(), SIGKILL);
    errno = fails_with;
    return 1;
}

static int fails_of(const char *name, int fd, int kind) {
    char link[64], path[LONGEST];
    int saved = errno;
    ssize_t size;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    size = readlink(link, path, sizeof path - 1);
    errno = saved;
    if (size < 0) return 0;
    path[size] = 0;
    return fails(name, path, kind);
}

static int fails_at(const char *name, int fd, const char *path, int kind) {
    char link[64], whole[2 * LONGEST];
    int saved = errno;
    ssize_t size;
    if (!path || !*path) return fails_of(name, fd, kind);
    if (*path == '/') return fails(name, path, kind);
    snprintf(link, sizeof link, fd == AT_FDCWD ? "/proc/self/cwd" : "/proc/self/fd/%d", fd);
    size = readlink(link, whole, LONGEST - 1);
    errno = saved;
    if (size < 0) return 0;
    snprintf(whole + size, sizeof whole - size, "/%.4000s", path);
    return fails(name, whole, kind);
}

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

#define ON_PATH(kind, result, error, name, declared, passed)                                     \
    result name declared {                                                                       \
        if (folder_size && fails_at(#name, AT_FDCWD, path, kind)) return error;                  \
        return REAL(name) passed;                                                                \
    }
#define ON_FD(kind, result, error, name, declared, passed)                                       \
    result name declared {                                                                       \
        if (folder_size && fails_of(#name, fd, kind)) return error;                              \
        return REAL(name) passed;                                                                \
    }
#define ON_PLACE(kind, result, error, name, declared, passed)                                    \
    result name declared {                                                                       \
        if (folder_size && fails_at(#name, fd, path, kind)) return error;                        \
        return REAL(name) passed;                                                                \
    }
#define OPENED(name, place, declared, ...)                                                       \
    int name declared {                                                                          \
        int kind = flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC) ? CHANGE : LOOK;              \
        mode_t mode = 0;                                                                         \
        if (flags & (O_CREAT | __O_TMPFILE)) {                                                   \
            va_list more;                                                                        \
            va_start(more, flags);                                                               \
            mode = va_arg(more, mode_t);                                                         \
            va_end(more);                                                                        \
        }                                                                                        \
        if (folder_size && fails_at(#name, place, path, kind)) return -1;                        \
        return REAL(name)(__VA_ARGS__, flags, mode);                                             \
    }
#define FOPENED(name)                                                                            \
    FILE *name(const char *path, const char *mode) {                                             \
        int kind = strpbrk(mode, "wa+") ? CHANGE : LOOK;                                         \
        if (folder_size && fails_at(#name, AT_FDCWD, path, kind)) return NULL;                   \
        return REAL(name)(path, mode);                                                           \
    }
/* A write that fails has written a half, as on a disk that has become full. */
#define WRITTEN(name, declared, half, passed)                                                    \
    ssize_t name declared {                                                                      \
        int saved;                                                                               \
        if (!folder_size) return REAL(name) passed;                                              \
        torn = 0;                                                                                \
        if (!fails_of(#name, fd, CHANGE)) return REAL(name) passed;                              \
        saved = errno;                                                                           \
        torn += REAL(name) half > 0;                                                             \
        errno = saved;                                                                           \
        return -1;                                                                               \
    }
static __thread int torn;

OPENED(open, AT_FDCWD, (const char *path, int flags, ...), path)
OPENED(open64, AT_FDCWD, (const char *path, int flags, ...), path)
OPENED(openat, fd, (int fd, const char *path, int flags, ...), fd, path)
OPENED(openat64, fd, (int fd, const char *path, int flags, ...), fd, path)
FOPENED(fopen)
FOPENED(fopen64)
WRITTEN(write, (int fd, const void *bytes, size_t size), (fd, bytes, size / 2), (fd, bytes, size))
WRITTEN(pwrite, (int fd, const void *bytes, size_t size, off_t at), (fd, bytes, size / 2, at), (fd, bytes, size, at))
WRITTEN(pwrite64, (int fd, const void *bytes, size_t size, off64_t at), (fd, bytes, size / 2, at), (fd, bytes, size, at))

ON_FD(CHANGE, ssize_t, -1, writev, (int fd, const struct iovec *all, int n), (fd, all, n))
ON_FD(CHANGE, ssize_t, -1, sendfile, (int fd, int from, off_t *at, size_t size), (fd, from, at, size))
ON_FD(CHANGE, ssize_t, -1, sendfile64, (int fd, int from, off64_t *at, size_t size), (fd, from, at, size))
ON_FD(CHANGE, int, -1, ftruncate, (int fd, off_t size), (fd, size))
ON_FD(CHANGE, int, -1, ftruncate64, (int fd, off64_t size), (fd, size))
ON_FD(CHANGE, int, -1, fsync, (int fd), (fd))
ON_FD(CHANGE, int, -1, fdatasync, (int fd), (fd))
ON_FD(CHANGE, int, -1, fchmod, (int fd, mode_t mode), (fd, mode))
ON_FD(CHANGE, int, -1, flock, (int fd, int how), (fd, how))
ON_PATH(CHANGE, int, -1, chmod, (const char *path, mode_t mode), (path, mode))
ON_PATH(CHANGE, int, -1, mkdir, (const char *path, mode_t mode), (path, mode))
ON_PATH(CHANGE, int, -1, rmdir, (const char *path), (path))
ON_PATH(CHANGE, int, -1, unlink, (const char *path), (path))
ON_PATH(CHANGE, int, -1, rename, (const char *from, const char *path), (from, path))
ON_PATH(CHANGE, int, -1, link, (const char *from, const char *path), (from, path))
ON_PATH(CHANGE, int, -1, symlink, (const char *to, const char *path), (to, path))
ON_PLACE(CHANGE, int, -1, fchmodat, (int fd, const char *path, mode_t mode, int flags), (fd, path, mode, flags))
ON_PLACE(CHANGE, int, -1, mkdirat, (int fd, const char *path, mode_t mode), (fd, path, mode))
ON_PLACE(CHANGE, int, -1, unlinkat, (int fd, const char *path, int flags), (fd, path, flags))
ON_PLACE(CHANGE, int, -1, symlinkat, (const char *to, int fd, const char *path), (to, fd, path))
ON_PLACE(CHANGE, int, -1, renameat, (int fd0, const char *from, int fd, const char *path), (fd0, from, fd, path))
ON_PLACE(CHANGE, int, -1, linkat, (int fd0, const char *from, int fd, const char *path, int flags), (fd0, from, fd, path, flags))
ON_PLACE(CHANGE, int, -1, utimensat, (int fd, const char *path, const struct timespec times[2], int flags), (fd, path, times, flags))

ON_FD(LOOK, ssize_t, -1, read, (int fd, void *bytes, size_t size), (fd, bytes, size))
ON_FD(LOOK, ssize_t, -1, pread, (int fd, void *bytes, size_t size, off_t at), (fd, bytes, size, at))
ON_FD(LOOK, ssize_t, -1, pread64, (int fd, void *bytes, size_t size, off64_t at), (fd, bytes, size, at))
ON_FD(LOOK, DIR *, NULL, fdopendir, (int fd), (fd))
ON_PATH(LOOK, DIR *, NULL, opendir, (const char *path), (path))
ON_PATH(LOOK, int, -1, stat, (const char *path, struct stat *out), (path, out))
ON_PATH(LOOK, int, -1, stat64, (const char *path, struct stat64 *out), (path, out))
ON_PATH(LOOK, int, -1, lstat, (const char *path, struct stat *out), (path, out))
ON_PATH(LOOK, int, -1, lstat64, (const char *path, struct stat64 *out), (path, out))
ON_PLACE(LOOK, int, -1, fstatat, (int fd, const char *path, struct stat *out, int flags), (fd, path, out, flags))
ON_PLACE(LOOK, int, -1, fstatat64, (int fd, const char *path, struct stat64 *out, int flags), (fd, path, out, flags))
