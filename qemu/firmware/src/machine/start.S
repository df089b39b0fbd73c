/* Vectors, entry and the way into C for interrupts and panics; call0 ABI, one text for de212 (lx60) and the ESP32's LX6.
 *
 * Both cores put the level-1 kernel vector at VECBASE+0x300, user at +0x340, double exception at +0x3c0.
 * The assembler of lx106 knows neither WINDOWBASE nor WINDOWSTART, so their WSR is written as bytes: t<<4, sr, 0x13. */
#define WSR(t, sr)      .byte ((t) << 4), (sr), 0x13
#define SR_WINDOWBASE   72
#define SR_WINDOWSTART  73

#define CAUSE_LEVEL1_INTERRUPT 4

/* struct trap_frame of trap.h: a0..a15, pc, ps, sar, cause, address */
#define FRAME_PC        64
#define FRAME_PS        68
#define FRAME_SAR       72
#define FRAME_CAUSE     76
#define FRAME_ADDRESS   80
#define FRAME_BYTES     96

    .section .vectors, "ax"
    .align 1024
    .global _vecbase
_vecbase:
    .org 0x180              /* level 2 */
    j    _panic
    .org 0x1c0              /* level 3 */
    j    _panic
    .org 0x200              /* level 4 */
    j    _panic
    .org 0x240              /* level 5 */
    j    _panic
    .org 0x280              /* debug */
    j    _panic
    .org 0x2c0              /* NMI */
    j    _panic
    .org 0x300              /* kernel */
    j    _level1
    .org 0x340              /* user */
    j    _level1
    .org 0x3c0              /* double exception */
    j    _panic
    .org 0x400
    .literal_position

/* An interrupt runs on the stack of what it interrupted, with EXCM set: nothing can interrupt it. */
_level1:
    wsr.excsave1 a2
    rsr.exccause a2
    bnei a2, CAUSE_LEVEL1_INTERRUPT, 1f
    rsr.excsave1 a2
    addi a1, a1, -FRAME_BYTES
    s32i a0, a1, 0
    s32i a2, a1, 8
    s32i a3, a1, 12
    s32i a4, a1, 16
    s32i a5, a1, 20
    s32i a6, a1, 24
    s32i a7, a1, 28
    s32i a8, a1, 32
    s32i a9, a1, 36
    s32i a10, a1, 40
    s32i a11, a1, 44
    rsr.sar a2
    s32i a2, a1, FRAME_SAR
    rsr.epc1 a2
    s32i a2, a1, FRAME_PC
    movi a0, interrupt_level1       /* void interrupt_level1(uint32_t pc) */
    callx0 a0
    l32i a2, a1, FRAME_SAR
    wsr.sar a2
    l32i a0, a1, 0
    l32i a2, a1, 8
    l32i a3, a1, 12
    l32i a4, a1, 16
    l32i a5, a1, 20
    l32i a6, a1, 24
    l32i a7, a1, 28
    l32i a8, a1, 32
    l32i a9, a1, 36
    l32i a10, a1, 40
    l32i a11, a1, 44
    addi a1, a1, FRAME_BYTES
    rfe
1:  rsr.excsave1 a2

/* A panic gets a stack of its own: the old one may be what is wrong. */
_panic:
    wsr.excsave1 a1
    movi a1, _panic_frame
    s32i a0, a1, 0
    s32i a2, a1, 8
    s32i a3, a1, 12
    s32i a4, a1, 16
    s32i a5, a1, 20
    s32i a6, a1, 24
    s32i a7, a1, 28
    s32i a8, a1, 32
    s32i a9, a1, 36
    s32i a10, a1, 40
    s32i a11, a1, 44
    s32i a12, a1, 48
    s32i a13, a1, 52
    s32i a14, a1, 56
    s32i a15, a1, 60
    rsr.excsave1 a2
    s32i a2, a1, 4
    rsr.epc1 a2
    s32i a2, a1, FRAME_PC
    rsr.ps a2
    s32i a2, a1, FRAME_PS
    rsr.sar a2
    s32i a2, a1, FRAME_SAR
    rsr.exccause a2
    s32i a2, a1, FRAME_CAUSE
    rsr.excvaddr a2
    s32i a2, a1, FRAME_ADDRESS
    mov  a2, a1
    movi a0, 0x0f                   /* EXCM off, interrupts locked */
    wsr.ps a0
    rsync
    movi a0, panic_exception        /* void panic_exception(const struct trap_frame *) */
    callx0 a0
2:  j 2b

    .section .text.start, "ax"
    .align 4
    .literal_position
    .global _start
    .type _start, @function
_start:
    wsr.excsave1 a2                 /* lx60: boot parameters */
    movi a2, 0x0f                   /* WOE=0 UM=0 EXCM=0 INTLEVEL=15 */
    wsr.ps a2
    rsync
    movi a2, 0                      /* the ESP32's ROM leaves windowed state behind */
    WSR(2, SR_WINDOWBASE)
    rsync
    movi a2, 1
    WSR(2, SR_WINDOWSTART)
    rsync
    movi a2, 0
    wsr.intenable a2
    movi a2, _vecbase
    wsr.vecbase a2
    rsync
    movi a1, _stack_top
    movi a2, _bss_start
    movi a3, _bss_end
    movi a4, 0
1:  bgeu a2, a3, 2f
    s32i a4, a2, 0
    addi a2, a2, 4
    j 1b
2:  movi a0, board_map_flash        /* void board_map_flash(void): code and constants are not there before */
    callx0 a0
    rsr.excsave1 a2
    movi a0, firmware_main          /* void firmware_main(const void *boot_parameters) */
    callx0 a0
3:  j 3b

    .section .bss
    .align 16
_panic_stack: .space 3072
_panic_frame: .space FRAME_BYTES
