/*
 * The meter's contacts, at lines of a chip that gpio-sim makes up: reads struct gpio_v2_line_event from a virtio port, as the simulated meter writes them, and pulls the
 * lines as closed contacts do. How the contacts stood when the power came the kernel was told with board.contacts=.
 */
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHIP "/sys/kernel/config/gpio-sim/contacts"

enum { LINES = 8, STEP = 5000000, LONG = 60 * STEP };

static int pulls[LINES];

static void fatal(const char *what)
{
    perror(what);
    exit(1);
}

static void put(const char *path, const char *text)
{
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0 || write(file, text, strlen(text)) != (ssize_t)strlen(text))
        fatal(path);
    close(file);
}

static void get(const char *path, char *text, size_t size)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t count = file < 0 ? -1 : read(file, text, size - 1);
    if (count < 0)
        fatal(path);
    text[count] = 0;
    text[strcspn(text, "\n")] = 0;
    close(file);
}

/* To ground, which is active; open, a resistor holds the line up. */
static void contact(unsigned line, int closed)
{
    const char *pull = closed ? "pull-down" : "pull-up";
    if (line < LINES && pwrite(pulls[line], pull, strlen(pull), 0) < 0)
        fatal("pull");
}

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000ull + time.tv_nsec;
}

static void make(void)
{
    char device[64], chip[64], path[256], words[4096];
    if (access(CHIP, F_OK) != 0) {
        if (mkdir(CHIP, 0755) || mkdir(CHIP "/bank0", 0755))
            fatal(CHIP);
        put(CHIP "/bank0/label", "board-contacts");
        put(CHIP "/bank0/num_lines", "8");
        put(CHIP "/live", "1");
    }
    get(CHIP "/dev_name", device, sizeof device);
    get(CHIP "/bank0/chip_name", chip, sizeof chip);
    get("/proc/cmdline", words, sizeof words);
    const char *word = strstr(words, "board.contacts=");
    unsigned long closed = word ? strtoul(word + strlen("board.contacts="), NULL, 10) : 0;
    for (unsigned line = 0; line < LINES; line++) {
        snprintf(path, sizeof path, "/sys/devices/platform/%s/%s/sim_gpio%u/pull", device, chip, line);
        pulls[line] = open(path, O_WRONLY | O_CLOEXEC);
        if (pulls[line] < 0)
            fatal(path);
        contact(line, closed >> line & 1);
    }
}

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    make();
    /* From here on the agent may come; the port may come later than it. */
    if (daemon(0, 1))
        fatal("daemon");
    int port;
    while ((port = open(argv[1], O_RDONLY | O_CLOEXEC)) < 0)
        usleep(100000);

    /* A stream has no borders, and what was apart may come at once: edges are never closer together than they were. */
    struct gpio_v2_line_event event;
    size_t have = 0;
    uint64_t before = 0, moved = 0;
    for (;;) {
        ssize_t count = read(port, (char *)&event + have, sizeof event - have);
        if (count < 0)
            fatal(argv[1]);
        if (count == 0) {
            usleep(20000); /* nobody holds the other end yet */
            continue;
        }
        have += count;
        if (have < sizeof event)
            continue;
        have = 0;
        /* Some steps at least, each of which lets others go on: all timers are due at once when the emulated processor has stood still. */
        uint64_t apart = before ? event.timestamp_ns - before : 0;
        for (uint64_t step = 0, least = apart < LONG ? apart : LONG; step < least || now() < moved + apart; step += STEP)
            usleep(STEP / 1000);
        contact(event.offset, event.id == GPIO_V2_LINE_EVENT_RISING_EDGE);
        before = event.timestamp_ns;
        moved = now();
    }
}
