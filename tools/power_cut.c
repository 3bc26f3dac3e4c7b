/* Loaded before libc (LD_PRELOAD): what a process does to the files of one folder, written to a log in the order in which it was done.
 *
 * POWER_CUT_FOLDER is the folder, POWER_CUT_LOG the log. A record is a head, then a path, a second path, and data. Writes through
 * a memory map (SQLite's -shm, which it makes anew) and by sendfile are not seen; the latter is refused, so that its caller writes.
 * power_cut_mark() puts what the process has promised by then into the log. For one process with any threads.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sendfile.h>
#include <sys/syscall.h>
#include <unistd.h>

struct head { char op; char pad[3]; uint32_t path, other; uint32_t pad2; uint64_t inode, offset, size; };

static pthread_mutex_t one = PTHREAD_MUTEX_INITIALIZER; /* a record stands where its operation does, whatever other threads do */
static int record = -1;
static int asked; /* errno of the operation, while its record is written */

static void put(const void *data, size_t size) {
    for (const char *at = data; size > 0;) {
        long done = syscall(SYS_write, record, at, size);
        if (done <= 0) _exit(99);
        at += done, size -= (size_t)done;
    }
}

static void note(char op, const char *path, const char *other, uint64_t inode, uint64_t offset, const void *data, size_t size) {
    if (record < 0) record = (int)syscall(SYS_openat, AT_FDCWD, getenv("POWER_CUT_LOG"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct head head = {op, {0}, (uint32_t)strlen(path), (uint32_t)strlen(other), 0, inode, offset, size};
    put(&head, sizeof head), put(path, head.path), put(other, head.other), put(data, size);
}

static int ours(const char *path) {
    const char *folder = getenv("POWER_CUT_FOLDER");
    size_t length = folder ? strlen(folder) : 0;
    return folder && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int opened(int fd, char *path, struct stat *found) { /* whether a handle is of the folder; its path and what it is */
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, PATH_MAX);
    if (length <= 0) return 0;
    path[length] = 0;
    return ours(path) && !fstat(fd, found);
}

static int whole(int dir, const char *given, char *path) { /* the same for a name */
    char base[PATH_MAX + 1] = "";
    struct stat found;
    if (given[0] != '/' && dir == AT_FDCWD && !getcwd(base, sizeof base)) return 0;
    if (given[0] != '/' && dir != AT_FDCWD && !opened(dir, base, &found)) return 0;
    return snprintf(path, PATH_MAX, "%s%s%s", base, base[0] ? "/" : "", given) < PATH_MAX && ours(path);
}

#define BEGIN pthread_mutex_lock(&one)
#define END(result) do { asked = errno; pthread_mutex_unlock(&one); errno = asked; return result; } while (0)

static int made(int dir, const char *given, int flags, int mode) {
    char path[PATH_MAX + 1];
    struct stat found;
    BEGIN;
    int before = (flags & O_CREAT) && !syscall(SYS_faccessat, dir, given, F_OK);
    int fd = (int)syscall(SYS_openat, dir, given, flags, mode), kept = errno;
    if (fd >= 0 && (flags & (O_CREAT | O_TRUNC)) && opened(fd, path, &found) && S_ISREG(found.st_mode)) {
        if ((flags & O_CREAT) && !before) note('c', path, "", found.st_ino, 0, "", 0);
        else if (flags & O_TRUNC) note('t', path, "", found.st_ino, 0, "", 0);
    }
    errno = kept;
    END(fd);
}
#define MADE(dir) \
    va_list rest; \
    va_start(rest, flags); \
    int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; \
    va_end(rest); \
    return made(dir, path, flags, mode)
int open(const char *path, int flags, ...) { MADE(AT_FDCWD); }
int open64(const char *path, int flags, ...) { MADE(AT_FDCWD); }
int openat(int dir, const char *path, int flags, ...) { MADE(dir); }
int openat64(int dir, const char *path, int flags, ...) { MADE(dir); }

static ssize_t wrote(int fd, const void *data, size_t size, off_t offset, int there) {
    char path[PATH_MAX + 1];
    struct stat found;
    BEGIN;
    ssize_t done = there ? syscall(SYS_pwrite64, fd, data, size, offset) : syscall(SYS_write, fd, data, size);
    int kept = errno;
    if (done > 0 && opened(fd, path, &found) && S_ISREG(found.st_mode))
        note('w', path, "", found.st_ino, (uint64_t)(there ? offset : lseek(fd, 0, SEEK_CUR) - done), data, (size_t)done);
    errno = kept;
    END(done);
}
ssize_t write(int fd, const void *data, size_t size) { return wrote(fd, data, size, 0, 0); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) { return wrote(fd, data, size, offset, 1); }
ssize_t pwrite64(int fd, const void *data, size_t size, off_t offset) { return wrote(fd, data, size, offset, 1); }
ssize_t sendfile(int out, int in, off_t *offset, size_t size) { (void)out, (void)in, (void)offset, (void)size; errno = ENOTSOCK; return -1; }
ssize_t sendfile64(int out, int in, off_t *offset, size_t size) { return sendfile(out, in, offset, size); }

static int changed(char op, long number, int fd, off_t size) {
    char path[PATH_MAX + 1];
    struct stat found;
    BEGIN;
    int result = (int)syscall(number, fd, size), kept = errno;
    if (!result && opened(fd, path, &found)) note(S_ISDIR(found.st_mode) ? 'd' : op, path, "", found.st_ino, (uint64_t)size, "", 0);
    errno = kept;
    END(result);
}
int ftruncate(int fd, off_t size) { return changed('t', SYS_ftruncate, fd, size); }
int ftruncate64(int fd, off_t size) { return changed('t', SYS_ftruncate, fd, size); }
int fsync(int fd) { return changed('s', SYS_fsync, fd, 0); }
int fdatasync(int fd) { return changed('s', SYS_fdatasync, fd, 0); }

static int named(char op, long number, int dir, const char *from, int there, const char *to, int flags) {
    char path[PATH_MAX + 1] = "", other[PATH_MAX + 1] = "";
    BEGIN;
    int mine = whole(dir, from, path), kept = 0;
    if (op == 'r' || op == 'l') mine = whole(there, to, other) && mine;
    int result = (int)(op == 'u' || op == 'k' ? syscall(number, dir, from, flags) : syscall(number, dir, from, there, to, flags));
    kept = errno;
    if (!result && mine) note(op, path, other, 0, 0, "", 0);
    errno = kept;
    END(result);
}
int rename(const char *from, const char *to) { return named('r', SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0); }
int renameat(int dir, const char *from, int there, const char *to) { return named('r', SYS_renameat2, dir, from, there, to, 0); }
int link(const char *from, const char *to) { return named('l', SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0); }
int linkat(int dir, const char *from, int there, const char *to, int flags) { return named('l', SYS_linkat, dir, from, there, to, flags); }
int unlink(const char *path) { return named('u', SYS_unlinkat, AT_FDCWD, path, AT_FDCWD, "", 0); }
int unlinkat(int dir, const char *path, int flags) { return named('u', SYS_unlinkat, dir, path, AT_FDCWD, "", flags); }

int mkdir(const char *path, mode_t mode) { return named('k', SYS_mkdirat, AT_FDCWD, path, AT_FDCWD, "", (int)mode); }
int mkdirat(int dir, const char *path, mode_t mode) { return named('k', SYS_mkdirat, dir, path, AT_FDCWD, "", (int)mode); }
int rmdir(const char *path) { return named('u', SYS_unlinkat, AT_FDCWD, path, AT_FDCWD, "", AT_REMOVEDIR); }

void power_cut_mark(const char *words) {
    BEGIN;
    note('m', "", "", 0, 0, words, strlen(words));
    pthread_mutex_unlock(&one);
}
