/* The first program of the board: loads what the disk needs and goes on with systemd. A general initramfs does the same in ten times as long where a processor is emulated. */
#include <fcntl.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void fatal(const char *what)
{
    perror(what);
    for (;;)
        pause();
}

int main(void)
{
    mount("devtmpfs", "/dev", "devtmpfs", 0, NULL);
    FILE *list = fopen("/modules", "r");
    if (!list)
        fatal("/modules");
    char name[200];
    while (fscanf(list, "%199s", name) == 1) {
        int module = open(name, O_RDONLY | O_CLOEXEC);
        if (module < 0 || syscall(SYS_finit_module, module, "", 0))
            perror(name);
        close(module);
    }
    fclose(list);
    for (int tries = 0; mount("/dev/sda", "/root", "ext4", MS_RDONLY, "") != 0; tries++) {
        if (tries == 500)
            fatal("/dev/sda");
        usleep(20000);
    }
    if (mount("/dev", "/root/dev", NULL, MS_MOVE, NULL) || chdir("/root") || mount(".", "/", NULL, MS_MOVE, NULL) || chroot(".") || chdir("/"))
        fatal("/root");
    execl("/sbin/init", "/sbin/init", (char *)NULL);
    fatal("/sbin/init");
}
