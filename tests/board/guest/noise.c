/* Something that writes and never syncs, as a log does: without it nothing would be unsynced when the power goes, because the agent syncs all that it writes. */
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PAGE = 4096, PAGES = 1024 };

int main(int argc, char **argv)
{
    if (argc != 2)
        return 64;
    int file = open(argv[1], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0)
        return 1;
    static char page[PAGE];
    srandom((unsigned)time(NULL));
    for (;;) {
        /* In place, over its own end, and now and then from the beginning again: data, sizes and the map of blocks are all under way. */
        for (int left = random() % 12; left > 0; left--) {
            page[random() % PAGE] = (char)random();
            if (pwrite(file, page, PAGE, random() % PAGES * PAGE) != PAGE)
                return 1;
        }
        if (random() % 64 == 0 && ftruncate(file, random() % PAGES * PAGE))
            return 1;
        usleep(100000);
    }
}
