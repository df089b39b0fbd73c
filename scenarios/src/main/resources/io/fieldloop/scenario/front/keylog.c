/*
 * Makes a program that is linked with OpenSSL leave the secrets of its TLS sessions, as SSL_CTX_set_keylog_callback(3) hands them out,
 * in the file that SSLKEYLOGFILE names. Preloaded into fronts that the harness starts, and into nothing else.
 *
 * Declares what it needs of OpenSSL itself: a compiler and a C library are all it is built with.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

typedef struct ssl_ctx_st SSL_CTX;
typedef struct ssl_st SSL;
typedef void (*keylog_callback)(const SSL *, const char *);

static char *file;

/* Read before the program begins: nginx clears its environment. */
__attribute__((constructor)) static void read_environment(void) {
    const char *name = getenv("SSLKEYLOGFILE");
    file = name == NULL ? NULL : strdup(name);
}

/* Opened for each line, since who started the program may not be who serves. One write, so that no two lines mix. */
static void append(const SSL *ssl, const char *line) {
    int to = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    struct iovec parts[] = {{(void *)line, strlen(line)}, {"\n", 1}};
    (void)ssl;
    if (to >= 0) {
        (void)!writev(to, parts, 2);
        close(to);
    }
}

/* A program that sets a callback of its own does so later, and keeps it. */
static void *traced(void *context) {
    void (*set)(SSL_CTX *, keylog_callback) =
        (void (*)(SSL_CTX *, keylog_callback))dlsym(RTLD_DEFAULT, "SSL_CTX_set_keylog_callback");
    if (context != NULL && file != NULL && set != NULL) {
        set(context, append);
    }
    return context;
}

void *SSL_CTX_new(const void *method) {
    void *(*next)(const void *) = (void *(*)(const void *))dlsym(RTLD_NEXT, "SSL_CTX_new");
    return next == NULL ? NULL : traced(next(method));
}

void *SSL_CTX_new_ex(void *library, const char *properties, const void *method) {
    void *(*next)(void *, const char *, const void *) =
        (void *(*)(void *, const char *, const void *))dlsym(RTLD_NEXT, "SSL_CTX_new_ex");
    return next == NULL ? NULL : traced(next(library, properties, method));
}
