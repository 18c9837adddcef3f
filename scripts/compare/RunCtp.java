import java.io.File;
import java.util.Arrays;
import org.rsna.ctp.stdstages.anonymizer.dicom.DAScript;
import org.rsna.ctp.stdstages.anonymizer.dicom.DICOMAnonymizer;

/** Every file of one folder through RSNA CTP's DICOM anonymizer into another: IN OUT SCRIPT. */
public class RunCtp {
  public static void main(String[] args) {
    var script = DAScript.getInstance(new File(args[2])).toProperties();
    var files = new File(args[0]).listFiles();
    Arrays.sort(files);
    for (var file : files) {
      var out = new File(args[1], file.getName());
      var status = DICOMAnonymizer.anonymize(file, out, script, null, null, false, false);
      if (!status.isOK()) System.out.println(file.getName() + " " + status.getStatus() + " " + status.getMessage());
    }
    System.exit(0); // CTP leaves threads behind
  }
}
