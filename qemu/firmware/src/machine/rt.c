/* Integer helpers that Debian's libgcc for xtensa-lx106 lacks: the ESP8266 has them in its ROM.
 *
 * de212 and LX6 divide in hardware, which the lx106 assembler does not know; the instructions are written as bytes,
 * op r,s,t = t<<4, r<<4|s, opcode. */
#include <stdint.h>

#define DIVISION(name, opcode) \
    __asm__(".text\n .align 4\n .global " #name "\n" #name ":\n .byte 0x30, 0x22, " #opcode "\n ret\n")

DIVISION(__udivsi3, 0xc2); /* quou a2, a2, a3 */
DIVISION(__divsi3, 0xd2);  /* quos a2, a2, a3 */
DIVISION(__umodsi3, 0xe2); /* remu a2, a2, a3 */

uint64_t __umulsidi3(uint32_t a, uint32_t b);
uint64_t __muldi3(uint64_t x, uint64_t y);
uint64_t __udivdi3(uint64_t n, uint64_t d);
uint64_t __umoddi3(uint64_t n, uint64_t d);
int64_t __divdi3(int64_t n, int64_t d);

#ifdef BOARD_ESP32
/* a2:a3 = a2 * a3; only LX6 has muluh: muluh a4, a2, a3 */
__asm__(".text\n .align 4\n .global __umulsidi3\n__umulsidi3:\n"
        " .byte 0x30, 0x42, 0xa2\n mull a2, a2, a3\n mov a3, a4\n ret\n");
#else
uint64_t __umulsidi3(uint32_t a, uint32_t b)
{
    uint32_t al = a & 0xffff;
    uint32_t ah = a >> 16;
    uint32_t bl = b & 0xffff;
    uint32_t bh = b >> 16;
    uint32_t low = al * bl;
    uint32_t middle = ah * bl + (low >> 16); /* cannot overflow */
    uint32_t other = al * bh + (middle & 0xffff);
    union {
        uint32_t word[2];
        uint64_t value;
    } product = {.word = {a * b, ah * bh + (middle >> 16) + (other >> 16)}};
    return product.value;
}
#endif

uint64_t __muldi3(uint64_t x, uint64_t y)
{
    uint32_t xl = (uint32_t)x;
    uint32_t yl = (uint32_t)y;
    uint32_t cross = (uint32_t)(x >> 32) * yl + xl * (uint32_t)(y >> 32);
    return __umulsidi3(xl, yl) + ((uint64_t)cross << 32);
}

static uint64_t divide(uint64_t n, uint64_t d, uint64_t *remainder)
{
    if (((n | d) >> 32) == 0) {
        *remainder = (uint32_t)n % (uint32_t)d;
        return (uint32_t)n / (uint32_t)d;
    }
    uint64_t quotient = 0;
    uint64_t bit = 1;
    while (d < n && !(d >> 63)) {
        d <<= 1;
        bit <<= 1;
    }
    for (; bit != 0; bit >>= 1, d >>= 1) {
        if (n >= d) {
            n -= d;
            quotient |= bit;
        }
    }
    *remainder = n;
    return quotient;
}

uint64_t __udivdi3(uint64_t n, uint64_t d)
{
    uint64_t remainder;
    return divide(n, d, &remainder);
}

uint64_t __umoddi3(uint64_t n, uint64_t d)
{
    uint64_t remainder;
    divide(n, d, &remainder);
    return remainder;
}

int64_t __divdi3(int64_t n, int64_t d)
{
    uint64_t remainder;
    uint64_t quotient = divide(n < 0 ? -(uint64_t)n : (uint64_t)n, d < 0 ? -(uint64_t)d : (uint64_t)d, &remainder);
    return (n ^ d) < 0 ? -(int64_t)quotient : (int64_t)quotient;
}
