/* The report of a crash, in ESP-IDF's form. */
#include "machine/log.h"
#include "machine/reset.h"
#include "machine/trap.h"

static const char *cause_name(uint32_t cause)
{
    static const char *const names[] = {
        "IllegalInstruction", "Syscall", "InstructionFetchError", "LoadStoreError", "Level1Interrupt", "Alloca",
        "IntegerDivideByZero", "PCValue", "Privileged", "LoadStoreAlignment", "res", "res", "InstrPDAddrError",
        "LoadStorePIFDataError", "InstrPIFAddrError", "LoadStorePIFAddrError", "InstTLBMiss", "InstTLBMultiHit",
        "InstFetchPrivilege", "res", "InstrFetchProhibited", "res", "res", "res", "LoadStoreTLBMiss",
        "LoadStoreTLBMultihit", "LoadStorePrivilege", "res", "LoadProhibited", "StoreProhibited",
    };
    return cause < sizeof names / sizeof names[0] ? names[cause] : "Unknown";
}

static void print_register(const char *name, uint32_t value, char end)
{
    log_raw("%-8s: 0x%08lx%c", name, (unsigned long)value, end);
    if (end == ' ') {
        log_raw(" ");
    }
}

static void print_registers(const struct trap_frame *frame)
{
    static const char *const names[] = {"A0", "A1", "A2", "A3", "A4", "A5", "A6", "A7",
                                        "A8", "A9", "A10", "A11", "A12", "A13", "A14", "A15"};
    log_raw("Core  0 register dump:\n");
    print_register("PC", frame->pc, ' ');
    print_register("PS", frame->ps, ' ');
    for (int i = 0; i < 16; i++) {
        print_register(names[i], frame->a[i], i % 4 == 1 ? '\n' : ' ');
    }
    print_register("SAR", frame->sar, ' ');
    print_register("EXCCAUSE", frame->cause, '\n');
    print_register("EXCVADDR", frame->address, '\n');
}

void panic_exception(const struct trap_frame *frame)
{
    log_raw("\nGuru Meditation Error: Core  0 panic'ed (%s). Exception was unhandled.\n\n", cause_name(frame->cause));
    print_registers(frame);
    log_raw("\n\nBacktrace: 0x%08lx:0x%08lx 0x%08lx:0x%08lx\n\n\nRebooting...\n", (unsigned long)frame->pc,
            (unsigned long)frame->a[1], (unsigned long)frame->a[0], (unsigned long)frame->a[1]);
    reset_board(RESET_PANIC);
}

void panic_abort(const char *why)
{
    log_raw("\n%s\n\nabort() was called at PC 0x%08lx on core 0\n\n\nRebooting...\n", why,
            (unsigned long)__builtin_return_address(0));
    reset_board(RESET_PANIC);
}
