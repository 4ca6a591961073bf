#!/bin/sh
# Makes letter.pdf from letter.ps. Needs Debian's ghostscript (with fonts-urw-base35) and qpdf.
set -eu
cd "$(dirname "$0")"
gs -q -dNOPAUSE -dBATCH -dSAFER -sDEVICE=pdfwrite -dCompatibilityLevel=1.5 -dDEVICEWIDTHPOINTS=612 -dDEVICEHEIGHTPOINTS=792 -dFIXEDMEDIA \
   -sOutputFile=letter.tmp.pdf letter.ps
qpdf --deterministic-id --object-streams=generate letter.tmp.pdf letter.pdf
rm letter.tmp.pdf
