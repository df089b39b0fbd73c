package io.fieldloop.qemu.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BytesTest {
    private static final Bytes COUNTING = Bytes.of(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) 0x88});

    @Test
    void readsLittleEndian() {
        assertThat(COUNTING.u16(0)).isEqualTo(0x0201);
        assertThat(COUNTING.u32(4)).isEqualTo(0x88070605L);
    }

    @Test
    void aSliceReadsFromItsOwnStartAndNotBeyondItsEnd() {
        Bytes slice = COUNTING.slice(2, 3);

        assertThat(slice.u8(0)).isEqualTo(3);
        assertThat(slice.toArray()).containsExactly(3, 4, 5);
        assertThat(slice).isEqualTo(Bytes.of(new byte[] {3, 4, 5})).hasSameHashCodeAs(Bytes.of(new byte[] {3, 4, 5}));
        assertThatThrownBy(() -> slice.u8(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> slice.slice(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void aTextEndsAtNulOrWithItsField() {
        Bytes field = Bytes.of(new byte[] {'a', 'b', 0, 'c'});

        assertThat(field.text(0, 4)).isEqualTo("ab");
        assertThat(field.text(0, 1)).isEqualTo("a");
        assertThat(field.text(3, 1)).isEqualTo("c");
    }

    @Test
    void doesNotSeeLaterChanges() {
        byte[] array = {1};
        Bytes bytes = Bytes.of(array);
        array[0] = 2;

        assertThat(bytes.u8(0)).isEqualTo(1);
    }
}
