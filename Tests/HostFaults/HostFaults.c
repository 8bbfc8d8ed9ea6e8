// Loaded into a program with LD_PRELOAD: at its PLUMB_FAULT_STEP-th change of the file system, or start of a process, the
// program is killed in the place of that step, as by `kill -9` at that very moment. Every step can be had in turn.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long steps;

static void step(void) {
    const char *limit = getenv("PLUMB_FAULT_STEP");
    if (limit == NULL) return;
    if (atomic_fetch_add(&steps, 1) + 1 != atol(limit)) return;
    kill(getpid(), SIGKILL);
    pause();
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int renameat(int from, const char *name, int to, const char *other) {
    step();
    return NEXT(renameat)(from, name, to, other);
}

int mkdirat(int directory, const char *name, mode_t mode) {
    step();
    return NEXT(mkdirat)(directory, name, mode);
}

int unlinkat(int directory, const char *name, int flags) {
    step();
    return NEXT(unlinkat)(directory, name, flags);
}

pid_t fork(void) {
    step();
    return NEXT(fork)();
}

int openat(int directory, const char *name, int flags, ...) {
    mode_t mode = 0;
    if ((flags & O_CREAT) != 0) {
        va_list rest;
        va_start(rest, flags);
        mode = va_arg(rest, mode_t);
        va_end(rest);
        step();
    }
    return NEXT(openat)(directory, name, flags, mode);
}

// renameat2 has no function of its own everywhere.
long syscall(long number, ...) {
    static __typeof__(&syscall) next;
    if (next == NULL) next = NEXT(syscall);
    va_list rest;
    va_start(rest, number);
    long a = va_arg(rest, long), b = va_arg(rest, long), c = va_arg(rest, long), d = va_arg(rest, long), e = va_arg(rest, long),
         f = va_arg(rest, long);
    va_end(rest);
    if (number == SYS_renameat2) step();
    return next(number, a, b, c, d, e, f);
}
