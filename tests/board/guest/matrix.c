/*
 * The driver's finger on a pad of bare keys: reads struct input_event from a virtio port, as the simulated driver's pad writes them, and presses each key for as long as
 * slow people do, half a second, one after the other, by the file of kernel/board-matrix.c.
 */
#include <fcntl.h>
#include <linux/input.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* In steps, each of which lets the agent go on: all timers are due at once when the emulated processor has stood still, and a key would go up unseen. */
enum { STEP = 5000, DOWN = 100, UP = 100 };

/* Line by line, four to a line; the fourth column is not connected. */
static const int pad[16] = { KEY_KP1, KEY_KP2, KEY_KP3, 0, KEY_KP4, KEY_KP5, KEY_KP6, 0, KEY_KP7, KEY_KP8, KEY_KP9, 0, KEY_ESC, KEY_KP0, KEY_KPENTER, 0 };

static int fail(const char *what)
{
    perror(what);
    return 1;
}

static int hold(int keys, unsigned mask, int steps)
{
    char text[16];
    int size = snprintf(text, sizeof text, "0x%x", mask);
    if (pwrite(keys, text, size, 0) != size)
        return -1;
    while (steps-- > 0)
        usleep(STEP);
    return 0;
}

int main(int argc, char **argv)
{
    if (argc != 3)
        return 64;
    int port = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (port < 0)
        return fail(argv[1]);
    int keys = open(argv[2], O_WRONLY | O_CLOEXEC);
    if (keys < 0)
        return fail(argv[2]);
    struct input_event event;
    size_t have = 0;
    for (;;) {
        ssize_t count = read(port, (char *)&event + have, sizeof event - have);
        if (count < 0)
            return fail(argv[1]);
        if (count == 0) {
            usleep(20000); /* nobody holds the other end yet */
            continue;
        }
        have += count;
        if (have < sizeof event)
            continue;
        have = 0;
        for (int key = 0; key < 16 && event.type == EV_KEY && event.value == 1; key++) {
            if (pad[key] == event.code && (hold(keys, 1u << key, DOWN) || hold(keys, 0, UP)))
                return fail(argv[2]);
        }
    }
}
