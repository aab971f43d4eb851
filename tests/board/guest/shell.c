/* A root's shell behind a virtio port: each line is a command; what it writes comes back, then EOT, its exit code and a line feed. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void answer(int port, const char *bytes, size_t count)
{
    while (count > 0) {
        ssize_t written = write(port, bytes, count);
        if (written <= 0)
            return; /* nobody listens any more */
        bytes += written;
        count -= written;
    }
}

static void run(int port, char *line)
{
    char buffer[4096];
    int ends[2];
    if (pipe(ends))
        return;
    pid_t child = fork();
    if (child == 0) {
        dup2(open("/dev/null", O_RDONLY), 0);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        close(port);
        execl("/bin/sh", "sh", "-c", line, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    for (ssize_t count; (count = read(ends[0], buffer, sizeof buffer)) > 0;)
        answer(port, buffer, count);
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    int size = snprintf(buffer, sizeof buffer, "\004%d\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    answer(port, buffer, size);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    int port = open(argv[1], O_RDWR | O_CLOEXEC);
    if (port < 0) {
        perror(argv[1]);
        return 1;
    }
    char line[8192];
    size_t have = 0;
    for (;;) {
        ssize_t count = read(port, line + have, sizeof line - 1 - have);
        if (count < 0) {
            perror(argv[1]);
            return 1;
        }
        if (count == 0) {
            have = 0; /* nobody holds the other end: half a line of theirs is worth nothing */
            usleep(50000);
            continue;
        }
        have += count;
        char *end;
        while ((end = memchr(line, '\n', have)) != NULL) {
            *end = 0;
            run(port, line);
            have -= end + 1 - line;
            memmove(line, end + 1, have);
        }
        if (have == sizeof line - 1)
            have = 0;
    }
}
