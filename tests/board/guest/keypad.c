/* The board's keypad: reads struct input_event from a virtio port, as the simulated driver's pad writes them, and makes them real ones through uinput. */
#include <fcntl.h>
#include <linux/input.h>
#include <linux/uinput.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static int fail(const char *what)
{
    perror(what);
    return 1;
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    int port = open(argv[1], O_RDONLY | O_CLOEXEC);
    if (port < 0)
        return fail(argv[1]);
    int pad = open("/dev/uinput", O_WRONLY | O_CLOEXEC);
    if (pad < 0)
        return fail("/dev/uinput");

    struct uinput_setup setup = { .id = { .bustype = BUS_VIRTUAL, .vendor = 0x1209, .product = 0x0001, .version = 1 } };
    strcpy(setup.name, "Board keypad");
    if (ioctl(pad, UI_SET_EVBIT, EV_KEY) || ioctl(pad, UI_SET_EVBIT, EV_MSC) || ioctl(pad, UI_SET_MSCBIT, MSC_SCAN))
        return fail("uinput");
    for (int key = KEY_ESC; key <= KEY_DELETE; key++)
        ioctl(pad, UI_SET_KEYBIT, key);
    if (ioctl(pad, UI_DEV_SETUP, &setup) || ioctl(pad, UI_DEV_CREATE))
        return fail("uinput");

    /* A stream has no borders: an event may arrive in two pieces. */
    unsigned char bytes[64 * sizeof(struct input_event)];
    size_t have = 0;
    for (;;) {
        ssize_t count = read(port, bytes + have, sizeof bytes - have);
        if (count < 0)
            return fail(argv[1]);
        if (count == 0) {
            usleep(20000); /* nobody holds the other end yet */
            continue;
        }
        have += count;
        size_t whole = have - have % sizeof(struct input_event);
        for (size_t at = 0; at < whole; at += sizeof(struct input_event)) {
            if (write(pad, bytes + at, sizeof(struct input_event)) != sizeof(struct input_event))
                return fail("uinput");
        }
        memmove(bytes, bytes + whole, have - whole);
        have -= whole;
    }
}
