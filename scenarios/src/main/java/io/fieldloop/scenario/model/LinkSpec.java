package io.fieldloop.scenario.model;

/** The radio link between devices and gateway. */
@Doc("The radio link: the name of a preset, or a mapping that changes values of one")
@Shorthand("base")
public record LinkSpec(
        @Doc("The preset to start from") @Default("none") @Known(Vocabulary.LINK_PRESET)
        String base,

        SourcePosition position) {}
