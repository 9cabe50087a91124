package dev.quire.kernel.shell;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/** Java in a few colours, while it is written. */
final class Colors implements Highlighter {
    private static final Pattern TOKEN = Pattern.compile("(?<comment>//[^\\n]*|/\\*(?s:.*?)(?:\\*/|$))"
            + "|(?<text>\"\"\"(?s:.*?)(?:\"\"\"|$)|\"(?:[^\"\\\\\\n]|\\\\.)*\"?|'(?:[^'\\\\\\n]|\\\\.)*'?)"
            + "|(?<magic>(?m:^[ \\t]*%%?[a-zA-Z]\\w*)|\\A\\s*/[a-zA-Z]+)"
            + "|(?<number>\\b\\d[\\w.]*)"
            + "|(?<keyword>\\b(?:abstract|boolean|break|byte|case|catch|char|class|continue|default|do|double|else|enum"
            + "|extends|false|final|finally|float|for|if|implements|import|instanceof|int|interface|long|new|null|package"
            + "|private|protected|public|record|return|short|static|super|switch|this|throw|throws|true|try|var|void"
            + "|while|yield)\\b)"
            + "|(?<word>[\\p{L}_$][\\w$]*)");

    @Override
    public AttributedString highlight(LineReader reader, String text) {
        AttributedStringBuilder out = new AttributedStringBuilder(text.length());
        Matcher token = TOKEN.matcher(text);
        int done = 0;
        while (token.find()) {
            out.append(text, done, token.start());
            out.styled(style(token), token.group());
            done = token.end();
        }
        return out.append(text, done, text.length()).toAttributedString();
    }

    private static AttributedStyle style(Matcher token) {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        if (token.group("comment") != null) {
            return plain.faint();
        }
        if (token.group("text") != null) {
            return plain.foreground(AttributedStyle.GREEN);
        }
        if (token.group("magic") != null) {
            return plain.foreground(AttributedStyle.MAGENTA);
        }
        if (token.group("number") != null) {
            return plain.foreground(AttributedStyle.CYAN);
        }
        return token.group("keyword") != null ? plain.foreground(AttributedStyle.BLUE) : plain;
    }
}
