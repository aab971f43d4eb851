// A file system that fails when it is told to: everything that happens in DIRECTORY goes through it, and as a file's name, an operation and an error stand in
// CONTROL the kernel is given that error. It speaks the kernel's FUSE protocol itself, so that no library is needed beside gcc and the kernel's headers.
//
//   unshare --mount -- faulty-disk DIRECTORY CONTROL
//
// It mounts itself over DIRECTORY in its own mount namespace, writes "mounted" and serves until it is killed; whoever is to see it enters the namespace. CONTROL holds
// lines, and is read at each operation:
//
//   OPERATION ERROR [TIMES [lose]]
//
// OPERATION: read, write, sync, names (the sync of a directory), or change: whatever would change anything. ERROR: EIO, ENOSPC, EROFS. TIMES: so often, then no more; none
// for always. lose: with sync, what was written since the last sync that went well is not on the disk, though the kernel goes on to show it: as ext4 does. Each failure is a
// line in CONTROL.hits.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/fuse.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

enum { NODES = 4096, BUFFER = (1 << 20) + 4096, LARGEST = 128 << 10, HELD = 65536 };

static struct node { int fd; ino_t inode; uint64_t lookups; char name[256]; } nodes[NODES];
static struct held { int node; off_t at; size_t length; char *bytes; } held[HELD];
static int heldCount;
static int device;
static const char *control;
static char rules[4096];
static int used[64];
static char in[BUFFER], out[BUFFER];

static const char *real(uint64_t node) {
    static char path[64];
    snprintf(path, sizeof path, "/proc/self/fd/%d", nodes[node].fd);
    return path;
}

static void reply(uint64_t unique, int error, const void *data, size_t length) {
    struct fuse_out_header head = { sizeof head + (error ? 0 : length), -error, unique };
    static char whole[BUFFER];
    memcpy(whole, &head, sizeof head);
    if (!error && length) memcpy(whole + sizeof head, data, length);
    if (write(device, whole, head.len) < 0 && errno != ENOENT) exit(errno == ENODEV ? 0 : 1);
}

// A file that is written back, and what was not synced of it is either there or thrown away.
static void settle(int node, int lose) {
    int left = 0;
    for (int i = 0; i < heldCount; i++) {
        struct held one = held[i];
        if (node != 0 && one.node != node) { held[left++] = one; continue; }
        if (!lose) {
            int file = open(real(one.node), O_WRONLY);
            if (file >= 0) { if (pwrite(file, one.bytes, one.length, one.at) < 0) perror("held"); close(file); }
        }
        free(one.bytes);
    }
    heldCount = left;
}

static int hasRule(const char *operation, char *error, int *lose) {
    char next[sizeof rules] = "";
    int file = open(control, O_RDONLY | O_CLOEXEC);
    if (file >= 0) { ssize_t length = read(file, next, sizeof next - 1); next[length > 0 ? length : 0] = 0; close(file); }
    if (strcmp(next, rules) != 0) {
        strcpy(rules, next);
        memset(used, 0, sizeof used);
        if (!strstr(rules, "lose")) settle(0, 0);
    }
    char copy[sizeof rules], *rest = strcpy(copy, rules), *line;
    for (int number = 0; number < 64 && (line = strsep(&rest, "\n")); number++) {
        char what[16], which[16], how[16] = "";
        int times = 0;
        if (sscanf(line, "%15s %15s %d %15s", what, which, &times, how) < 2 || strcmp(what, operation) != 0) continue;
        if (times > 0 && used[number] >= times) continue;
        strcpy(error, which);
        *lose = strcmp(how, "lose") == 0;
        return number + 1;
    }
    return 0;
}

static int fails(const char *operation, uint64_t node, const char *name) {
    char error[16];
    int lose, rule = hasRule(operation, error, &lose);
    if (!rule) return 0;
    used[rule - 1]++;
    char hits[4200], line[400];
    snprintf(hits, sizeof hits, "%s.hits", control);
    int file = open(hits, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    int length = snprintf(line, sizeof line, "%s %s %s\n", operation, name ? name : nodes[node].name, error);
    if (file >= 0) { if (write(file, line, length) < 0) perror("hits"); close(file); }
    if (lose) settle((int)node, 1);
    return strcmp(error, "ENOSPC") == 0 ? ENOSPC : strcmp(error, "EROFS") == 0 ? EROFS : EIO;
}

static int changing(uint64_t node, const char *name) { return fails("change", node, name); }

static void attributes(struct fuse_attr *to, const struct stat *from) {
    *to = (struct fuse_attr) { .ino = from->st_ino, .size = from->st_size, .blocks = from->st_blocks, .atime = from->st_atim.tv_sec, .mtime = from->st_mtim.tv_sec,
        .ctime = from->st_ctim.tv_sec, .atimensec = from->st_atim.tv_nsec, .mtimensec = from->st_mtim.tv_nsec, .ctimensec = from->st_ctim.tv_nsec, .mode = from->st_mode,
        .nlink = from->st_nlink, .uid = from->st_uid, .gid = from->st_gid, .blksize = 4096 };
}

// What is held makes the file longer than the disk has it.
static void lengthen(uint64_t node, struct stat *what) {
    for (int i = 0; i < heldCount; i++)
        if (held[i].node == (int)node && held[i].at + (off_t)held[i].length > what->st_size) what->st_size = held[i].at + (off_t)held[i].length;
}

static int known(int parent, const char *name, struct fuse_entry_out *entry) {
    int fd = openat(parent, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
    struct stat what;
    if (fd < 0) return errno;
    fstat(fd, &what);
    int at = 0;
    for (int i = 2; i < NODES && !at; i++) if (nodes[i].lookups && nodes[i].inode == what.st_ino) at = i;
    if (at) close(fd);
    for (int i = 2; i < NODES && !at; i++) if (!nodes[i].lookups) { at = i; nodes[i].fd = fd; nodes[i].inode = what.st_ino; }
    if (!at) { close(fd); return ENFILE; }
    nodes[at].lookups++;
    snprintf(nodes[at].name, sizeof nodes[at].name, "%s", name);
    lengthen(at, &what);
    *entry = (struct fuse_entry_out) { .nodeid = at, .generation = 1 };
    attributes(&entry->attr, &what);
    return 0;
}

static void forget(uint64_t node, uint64_t lookups) {
    if (node < 2 || node >= NODES) return;
    nodes[node].lookups -= lookups < nodes[node].lookups ? lookups : nodes[node].lookups;
    if (!nodes[node].lookups) { settle((int)node, 0); close(nodes[node].fd); }
}

static int set(uint64_t node, const struct fuse_setattr_in *wanted) {
    int error = changing(node, NULL);
    if (error) return error;
    if (wanted->valid & FATTR_MODE && chmod(real(node), wanted->mode & 07777)) return errno;
    if (wanted->valid & (FATTR_UID | FATTR_GID) && chown(real(node), wanted->valid & FATTR_UID ? wanted->uid : (uid_t)-1, wanted->valid & FATTR_GID ? wanted->gid : (gid_t)-1)) return errno;
    if (wanted->valid & FATTR_SIZE) {
        settle((int)node, 0);
        if (truncate(real(node), wanted->size)) return errno;
    }
    return 0;
}

static size_t list(DIR *directory, off_t from, size_t most, char *to) {
    size_t length = 0;
    struct dirent *one;
    seekdir(directory, from);
    while ((one = readdir(directory))) {
        size_t name = strlen(one->d_name), whole = FUSE_DIRENT_ALIGN(FUSE_NAME_OFFSET + name);
        if (length + whole > most) break;
        struct fuse_dirent *entry = (struct fuse_dirent *)(to + length);
        memset(entry, 0, whole);
        entry->ino = one->d_ino; entry->off = telldir(directory); entry->namelen = name; entry->type = one->d_type;
        memcpy(entry->name, one->d_name, name);
        length += whole;
    }
    return length;
}

static int hold(uint64_t node, const struct fuse_write_in *what, const char *bytes) {
    char error[16];
    int lose = 0;
    const char *name = nodes[node].name;
    size_t length = strlen(name);
    // The index of the log is memory with a name: nobody syncs it.
    if (!hasRule("sync", error, &lose) || !lose || heldCount == HELD || (length > 4 && strcmp(name + length - 4, "-shm") == 0)) return 0;
    held[heldCount++] = (struct held) { (int)node, what->offset, what->size, memcpy(malloc(what->size), bytes, what->size) };
    return 1;
}

// What is held is what a reader sees, as long as it is not thrown away.
static ssize_t overlay(uint64_t node, off_t from, size_t size, char *to, ssize_t length) {
    for (int i = 0; i < heldCount; i++) {
        off_t begin = held[i].at > from ? held[i].at : from, end = held[i].at + (off_t)held[i].length;
        if (end > from + (off_t)size) end = from + (off_t)size;
        if (held[i].node != (int)node || begin >= end) continue;
        if (begin - from > length) memset(to + length, 0, begin - from - length);
        memcpy(to + (begin - from), held[i].bytes + (begin - held[i].at), end - begin);
        if (end - from > length) length = end - from;
    }
    return length;
}

static void serve(struct fuse_in_header *head, char *body) {
    uint64_t node = head->nodeid, id = head->unique;
    int parent = node < NODES ? nodes[node].fd : -1, error = 0;
    struct stat what;
    switch (head->opcode) {
    case FUSE_INIT: {
        struct fuse_init_in *asked = (void *)body;
        struct fuse_init_out answer = { .major = FUSE_KERNEL_VERSION, .minor = asked->minor < 31 ? asked->minor : 31, .max_readahead = asked->max_readahead,
            .flags = FUSE_BIG_WRITES & asked->flags, .max_background = 16, .congestion_threshold = 12, .max_write = LARGEST, .time_gran = 1 };
        reply(id, 0, &answer, sizeof answer);
        return;
    }
    case FUSE_FORGET: forget(node, ((struct fuse_forget_in *)body)->nlookup); return;
    case FUSE_BATCH_FORGET: {
        struct fuse_batch_forget_in *many = (void *)body;
        struct fuse_forget_one *one = (void *)(many + 1);
        for (uint32_t i = 0; i < many->count; i++) forget(one[i].nodeid, one[i].nlookup);
        return;
    }
    case FUSE_INTERRUPT: return;
    case FUSE_DESTROY: exit(0);
    case FUSE_LOOKUP: {
        struct fuse_entry_out entry;
        error = known(parent, body, &entry);
        reply(id, error, &entry, sizeof entry);
        return;
    }
    case FUSE_SETATTR:
        error = set(node, (void *)body);
        // fall through
    case FUSE_GETATTR: {
        struct fuse_attr_out answer = { 0 };
        if (!error && fstat(nodes[node].fd, &what)) error = errno;
        if (!error) { lengthen(node, &what); attributes(&answer.attr, &what); }
        reply(id, error, &answer, sizeof answer);
        return;
    }
    case FUSE_OPEN: {
        int flags = ((struct fuse_open_in *)body)->flags;
        error = (flags & O_ACCMODE) != O_RDONLY ? changing(node, NULL) : 0;
        int fd = error ? -1 : open(real(node), (flags & ~(O_CREAT | O_EXCL | O_NOFOLLOW | O_APPEND | O_DIRECT)) | O_CLOEXEC);
        struct fuse_open_out answer = { .fh = fd };
        reply(id, error ? error : fd < 0 ? errno : 0, &answer, sizeof answer);
        return;
    }
    case FUSE_CREATE: {
        struct fuse_create_in *asked = (void *)body;
        const char *name = body + sizeof *asked;
        struct { struct fuse_entry_out entry; struct fuse_open_out file; } answer = { 0 };
        error = changing(node, name);
        int fd = error ? -1 : openat(parent, name, (asked->flags & ~(O_NOFOLLOW | O_APPEND | O_DIRECT)) | O_CREAT | O_CLOEXEC, asked->mode);
        if (!error && fd < 0) error = errno;
        if (!error) error = known(parent, name, &answer.entry);
        answer.file.fh = fd;
        reply(id, error, &answer, sizeof answer);
        return;
    }
    case FUSE_READ: {
        struct fuse_read_in *asked = (void *)body;
        error = fails("read", node, NULL);
        ssize_t length = error ? 0 : pread(asked->fh, out, asked->size, asked->offset);
        if (!error && length >= 0) length = overlay(node, asked->offset, asked->size, out, length);
        reply(id, error ? error : length < 0 ? errno : 0, out, length > 0 ? length : 0);
        return;
    }
    case FUSE_WRITE: {
        struct fuse_write_in *asked = (void *)body;
        struct fuse_write_out answer = { .size = asked->size };
        error = fails("write", node, NULL);
        if (!error) error = changing(node, NULL);
        if (!error && !hold(node, asked, body + sizeof *asked)) {
            ssize_t length = pwrite(asked->fh, body + sizeof *asked, asked->size, asked->offset);
            if (length < 0) error = errno; else answer.size = length;
        }
        reply(id, error, &answer, sizeof answer);
        return;
    }
    case FUSE_FSYNC: case FUSE_FSYNCDIR: {
        error = fails(head->opcode == FUSE_FSYNC ? "sync" : "names", node, NULL);
        if (!error && head->opcode == FUSE_FSYNC) { settle((int)node, 0); if (fsync(((struct fuse_fsync_in *)body)->fh)) error = errno; }
        reply(id, error, NULL, 0);
        return;
    }
    case FUSE_FALLOCATE: {
        struct fuse_fallocate_in *asked = (void *)body;
        error = changing(node, NULL);
        if (!error && fallocate(asked->fh, asked->mode, asked->offset, asked->length)) error = errno;
        reply(id, error, NULL, 0);
        return;
    }
    case FUSE_OPENDIR: {
        int fd = open(real(node), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        struct fuse_open_out answer = { .fh = fd < 0 ? 0 : (uintptr_t)fdopendir(fd) };
        reply(id, fd < 0 ? errno : 0, &answer, sizeof answer);
        return;
    }
    case FUSE_READDIR: {
        struct fuse_read_in *asked = (void *)body;
        reply(id, 0, out, list((DIR *)(uintptr_t)asked->fh, asked->offset, asked->size, out));
        return;
    }
    case FUSE_RELEASEDIR: closedir((DIR *)(uintptr_t)((struct fuse_release_in *)body)->fh); reply(id, 0, NULL, 0); return;
    case FUSE_RELEASE: close(((struct fuse_release_in *)body)->fh); reply(id, 0, NULL, 0); return;
    case FUSE_FLUSH: reply(id, 0, NULL, 0); return;
    case FUSE_UNLINK: case FUSE_RMDIR:
        error = changing(node, body);
        if (!error && unlinkat(parent, body, head->opcode == FUSE_RMDIR ? AT_REMOVEDIR : 0)) error = errno;
        reply(id, error, NULL, 0);
        return;
    case FUSE_MKDIR: {
        struct fuse_mkdir_in *asked = (void *)body;
        struct fuse_entry_out entry;
        error = changing(node, body + sizeof *asked);
        if (!error && mkdirat(parent, body + sizeof *asked, asked->mode)) error = errno;
        if (!error) error = known(parent, body + sizeof *asked, &entry);
        reply(id, error, &entry, sizeof entry);
        return;
    }
    case FUSE_RENAME: case FUSE_RENAME2: {
        size_t size = head->opcode == FUSE_RENAME ? sizeof(struct fuse_rename_in) : sizeof(struct fuse_rename2_in);
        uint64_t to = ((struct fuse_rename_in *)body)->newdir;
        unsigned flags = head->opcode == FUSE_RENAME ? 0 : ((struct fuse_rename2_in *)body)->flags;
        const char *from = body + size, *name = from + strlen(from) + 1;
        error = changing(node, from);
        if (!error && renameat2(parent, from, nodes[to].fd, name, flags)) error = errno;
        if (!error) { struct fuse_entry_out entry; if (!known(nodes[to].fd, name, &entry)) forget(entry.nodeid, 1); }
        reply(id, error, NULL, 0);
        return;
    }
    case FUSE_STATFS: {
        struct statvfs room;
        fstatvfs(nodes[1].fd, &room);
        struct fuse_statfs_out answer = { .st = { .blocks = room.f_blocks, .bfree = room.f_bfree, .bavail = room.f_bavail, .files = room.f_files, .ffree = room.f_ffree,
            .bsize = room.f_bsize, .namelen = room.f_namemax, .frsize = room.f_frsize } };
        reply(id, 0, &answer, sizeof answer);
        return;
    }
    default: reply(id, ENOSYS, NULL, 0);
    }
}

int main(int count, char **words) {
    if (count != 3) { fprintf(stderr, "usage: faulty-disk DIRECTORY CONTROL\n"); return 64; }
    control = words[2];
    umask(0);
    // The agent's SIGTERM is not ours.
    signal(SIGTERM, SIG_IGN);
    nodes[1] = (struct node) { .fd = open(words[1], O_PATH | O_DIRECTORY), .lookups = 1, .name = "." };
    device = open("/dev/fuse", O_RDWR | O_CLOEXEC);
    if (nodes[1].fd < 0 || device < 0) { perror("faulty-disk"); return 1; }
    char options[100];
    snprintf(options, sizeof options, "fd=%d,rootmode=40000,user_id=0,group_id=0,default_permissions,allow_other", device);
    if (mount("faulty-disk", words[1], "fuse", MS_NOSUID | MS_NODEV, options)) { perror("faulty-disk: mount"); return 1; }
    puts("mounted");
    fflush(stdout);
    for (;;) {
        ssize_t length = read(device, in, sizeof in);
        if (length >= (ssize_t)sizeof(struct fuse_in_header)) serve((void *)in, in + sizeof(struct fuse_in_header));
        else if (length < 0 && errno != EINTR && errno != EAGAIN && errno != ENOENT) return errno == ENODEV ? 0 : 1;
    }
}
