package io.fieldloop.scenario.loader.matrix;

import io.fieldloop.scenario.model.CaseName;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * One case of a file.
 *
 * @param root the file's root without its matrix and with this case's values filled in
 */
public record ExpandedCase(CaseName name, MappingNode root) {}
