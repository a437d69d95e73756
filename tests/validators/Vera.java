import java.io.File;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.LogManager;

import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;

/**
 * Lets veraPDF judge files, and says what it found in rows that verapdf.py reads.
 *
 * <p>Arguments: a flavour, as veraPDF names it, and the files. Rows, with tabs between the fields:
 * {@code file PATH CHECKS} starts a file, {@code fault CLAUSE COUNT MESSAGE PLACE} follows for each
 * rule that it breaks. The exit code is 0 whenever all files were judged, whatever the judgement.
 */
public class Vera {
    /** How many faults of one rule are kept in full; all are counted. */
    private static final int KEPT = 1;

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset(); // what it logs is in the results too
        VeraGreenfieldFoundryProvider.initialise();
        PDFAFlavour flavour = PDFAFlavour.valueOf(arguments[0]);
        for (int i = 1; i < arguments.length; i++) {
            judge(new File(arguments[i]), flavour);
        }
    }

    private static void judge(File file, PDFAFlavour flavour) {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(flavour, KEPT, false, true, false)) {
            report(file, validator.validate(parser));
        } catch (Exception exception) {
            row("file", file, 0);
            row("fault", "unreadable", 1, exception, "");
        }
    }

    private static void report(File file, ValidationResult result) {
        row("file", file, result.getTotalAssertions());
        Map<String, Integer> counts = new TreeMap<>();
        result.getFailedChecks().forEach((rule, count) -> counts.merge(clause(rule), count, Integer::sum));
        Map<String, TestAssertion> examples = new HashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                examples.putIfAbsent(clause(assertion.getRuleId()), assertion);
            }
        }
        counts.forEach((clause, count) -> {
            TestAssertion example = examples.get(clause);
            if (example == null) {
                row("fault", clause, count, "no example was kept", "");
            } else {
                String message = example.getErrorMessage();
                row("fault", clause, count, message == null ? example.getMessage() : message,
                        example.getLocation().getContext());
            }
        });
        if (counts.isEmpty() && !result.isCompliant()) {
            row("fault", "whole file", 1, "not compliant, though no single check failed", "");
        }
    }

    private static String clause(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static void row(Object... fields) {
        StringBuilder line = new StringBuilder();
        for (Object field : fields) {
            if (line.length() > 0) {
                line.append('\t');
            }
            line.append(String.valueOf(field).replaceAll("\\s+", " "));
        }
        System.out.println(line);
    }
}
