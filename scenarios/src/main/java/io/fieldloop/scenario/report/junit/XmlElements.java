package io.fieldloop.scenario.report.junit;

import io.fieldloop.scenario.report.text.VisibleText;
import java.io.Writer;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Indented XML elements whose text may come from anywhere: what XML 1.0 cannot hold becomes a visible escape. */
final class XmlElements {
    private final XMLStreamWriter xml;
    private int depth;
    private boolean leaf;

    XmlElements(Writer out) throws XMLStreamException {
        // The JDK's own factory, whatever the class path brings.
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(out);
        xml.writeStartDocument("UTF-8", "1.0");
    }

    void start(String name) throws XMLStreamException {
        newLine();
        xml.writeStartElement(name);
        depth++;
        leaf = true;
    }

    void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, VisibleText.line(value));
    }

    void text(String text) throws XMLStreamException {
        xml.writeCharacters(VisibleText.block(text));
    }

    void textElement(String name, String text) throws XMLStreamException {
        start(name);
        text(text);
        end();
    }

    void end() throws XMLStreamException {
        depth--;
        if (!leaf) {
            newLine();
        }
        xml.writeEndElement();
        leaf = false;
    }

    void finish() throws XMLStreamException {
        xml.writeEndDocument();
        xml.writeCharacters("\n");
        xml.flush();
    }

    private void newLine() throws XMLStreamException {
        xml.writeCharacters("\n" + "  ".repeat(depth));
    }
}
