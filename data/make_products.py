#!/usr/bin/env python3
"""Makes data/service-plans.tsv and data/products.tsv from Microsoft's product table.

    python3 data/make_products.py product-names.csv            # writes the two files beside this script
    python3 data/make_products.py product-names.csv --check    # exit 1 when they differ from what it would write

The input is the CSV that Microsoft publishes under "Product names and service plan identifiers for licensing": one row
per (product, service plan). It names many plans in several spellings, some cut short, some shouting; what is chosen,
and why, stands in this file. After a new download: run it, review the diff, above all the class of every new plan.
"""

import csv
import difflib
import fnmatch
import html
import io
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

# The class says what a person loses with the plan, and so what the policy may ask and the card must warn of.

# A mailbox of its own. Not here: the foundation that carries settings only, archives beside another mailbox, analytics,
# and mail filtering.
MAIL = """
EXCHANGE_B_STANDARD EXCHANGE_L_STANDARD EXCHANGE_S_DESKLESS EXCHANGE_S_DESKLESS_GOV EXCHANGE_S_ENTERPRISE
EXCHANGE_S_ENTERPRISE_GOV EXCHANGE_S_ESSENTIALS EXCHANGE_S_STANDARD EXCHANGE_S_STANDARD_GOV EXCHANGE_S_STANDARD_MIDMARKET
""".split()

# A person's own storage in OneDrive or SharePoint. Not here: Office for the web, Project's sites, the tenant's extra
# storage and multi-geo, none of which keeps a person's files alive.
FILES = """
ONEDRIVEENTERPRISE ONEDRIVECLIPCHAMP ONEDRIVELITE_IW ONEDRIVESTANDARD ONEDRIVE_BASIC* SHAREPOINTDESKLESS*
SHAREPOINTENTERPRISE* SHAREPOINTLITE SHAREPOINTSTANDARD* SHAREPOINT_S_DEVELOPER
""".split() + ["SharePoint Plan 1G"]

# Protection of the person, the device or the data: sign-in, threat defence, device management, information protection,
# and the compliance tools that watch or keep evidence.
SECURITY = """
AAD_PREMIUM* AAD_WRKLDID_* Entra_* ENTRA_* MFA_PREMIUM
ADALLOM_* ATA ATP_ENTERPRISE* COMMON_DEFENDER_PLATFORM_FOR_OFFICE DEFENDER_FOR_AI Defender_for_Iot_Enterprise
EOP_ENTERPRISE* EXPERTS_ON_DEMAND MDE_LITE MDE_SMB MDOLITE_ENTERPRISE MTP SAFEDOCS THREAT_INTELLIGENCE* TVM_PREMIUM_1
WINDEFATP MICROSOFT_APPLICATION_PROTECTION_AND_GOVERNANCE_* TEAMSPRO_PROTECTION
3_PARTY_APP_PATCH CLOUD_PKI INTUNE_* Intune-* Intune_Defender
BPOS_S_DlpAddOn COMMUNICATIONS_DLP MICROSOFTENDPOINTDLP Content_Explorer ContentExplorer_Standard INFORMATION_BARRIERS
MIP_S_* ML_CLASSIFICATION PREMIUM_ENCRYPTION CUSTOMER_KEY RMS_S_ENTERPRISE* RMS_S_PREMIUM*
COMMUNICATIONS_COMPLIANCE MICROSOFT_COMMUNICATION_COMPLIANCE COMPLIANCE_MANAGER_* CustomerLockboxA_Enterprise
LOCKBOX_ENTERPRISE* DATA_INVESTIGATIONS EQUIVIO_ANALYTICS* INFO_GOVERNANCE INSIDER_RISK INSIDER_RISK_MANAGEMENT
M365_ADVANCED_AUDITING M365_AUDIT_PLATFORM PAM_ENTERPRISE PRIVACY_MANGEMENT_* PURVIEW_DISCOVERY RECORDS_MANAGEMENT
AUDIT_FOR_AGENTS COMMUNICATION_COMPLIANCE_FOR_AGENTS DATA_LIFECYCLE_MANAGEMENT_FOR_AGENTS
DATA_LOSS_PREVENTION_FOR_AGENTS EDISCOVERY_FOR_AGENTS INFORMATION_PROTECTION_FOR_AGENTS
INSIDER_RISK_MANAGEMENT_FOR_AGENTS
""".split() + ["Auditing_10Year_ Retention_ Add_On"]

CLASSES = [("mail", MAIL), ("files", FILES), ("security", SECURITY)]

# Where the source is cut short, misprinted or undecided: id -> (what would be chosen, what is right).
PRODUCT_NAMES = {
    "338148b6-1b11-4102-afb9-f92b6cdc0f8d": (
        "Dynamics 365 P1 Tria for Information Workers",
        "Dynamics 365 P1 Trial for Information Workers",
    ),
    # Both names stand in equally many rows; the second is the older one.
    "4b74a65c-8b4a-4fc8-9f6b-5177ed11ddfa": (
        "Microsoft Copilot Studio User License",
        "Microsoft Copilot Studio User License",
    ),
    "606b54a9-78d8-4298-ad8b-df6ef4481c80": (
        "Microsoft Copilot Studio Viral Trial",
        "Microsoft Copilot Studio Viral Trial",
    ),
    "e5a17adf-8f0d-4b57-bc14-d331235f9307": (
        "Microsoft 365 Business Voice (UK",
        "Microsoft 365 Business Voice (UK)",
    ),
    # Long retired, and named as all of its brand: whoever types "Power BI" means a product that is still sold.
    "e2767865-c3c9-4f09-9f99-6eee6eef861a": ("Power BI", "Power BI (individual user)"),
}
PLAN_NAMES = {
    "95d2cd7b-1007-484b-8595-5e97e63fe189": ("Dynamics 365 for_Operations", "Dynamics 365 for Operations"),
    "9da49a6d-707a-48a1-b44a-53dcde5267f8": ("Power BI Premium P", "Power BI Premium P1"),
    "afcafa6a-d966-4462-918c-ec0b4e0fe642": ("ONEDRIVEENTERPRISE", "OneDrive for Business (Plan 2)"),
    "b2669e95-76ef-4e7e-a367-002f60a39f3e": (
        "Skype for Business Online (Plan 2) for Midsiz",
        "Skype for Business Online (Plan 2) for Midsize",
    ),
    "e5bb877f-6ac9-4461-9e43-ca581543ab16": ("SHAREPOINTSTORAGE_GOV", "Office 365 Extra File Storage for GCC"),
    "f85945f4-7a55-4009-bc39-6a5f14a8eac1": ("VISIO DESKTOP APP FOR Government", "Visio Desktop App for Government"),
    "f9646fb2-e3b2-4309-95de-dc4833737456": (
        "Microsoft Dynamics CRM Online Professiona",
        "Microsoft Dynamics CRM Online Professional",
    ),
    "fc52cc4b-ed7d-472d-bbe7-b081c23ecc56": ("Exchange Online Plan", "Exchange Online (Plan 1)"),
}
PLAN_PART_NAMES = {
    "a64b30ba-f310-4065-b444-2670ef146db0": ("EXCHANGE_S_FOUNDATION PBI_PREMIUM_EM1_ADDON", "PBI_PREMIUM_EM1_ADDON"),
}

# Names given only in capitals are set in title case, except these words and what holds a digit.
SPELLED = {word.upper(): word for word in "CRM IWs MCO MS OneDrive PBX POP PowerApps SharePoint".split()}
LOWER_CASE = set("A AND APPLY AT BY FOR IN OF OR THE TO WITH".split())


def clean(text):
    """One line of plain text: entities resolved, every kind of space (NBSP, tab) one space, dashes the usual one."""
    text = html.unescape(text).replace("\u2013", "-").replace("\u2014", "-").replace("\u200b", "")
    return " ".join(text.split())


def guid(text):
    text = clean(text).lower()
    if not GUID.fullmatch(text):
        sys.exit(f"not a GUID: {text!r}")
    return text


def title_case(name):
    def word(match):
        text = match.group(0)
        if text in LOWER_CASE and match.start() > 0:
            return text.lower()
        return text if any(letter.isdigit() for letter in text) else SPELLED.get(text, text.capitalize())

    return re.sub(r"[A-Z0-9]+", word, name)


def most_common(counts):
    """The most frequent key; of equals the first in alphabetical order, so that the result never depends on row order."""
    return min(counts.items(), key=lambda entry: (-entry[1], entry[0]))[0]


def choose_name(spellings, part_name):
    """The name most rows agree on, of those that do not shout and do not just repeat the part name, when there are any."""
    for wanted in (lambda name: name.casefold() != part_name.casefold(), lambda name: not name.isupper()):
        spellings = {name: count for name, count in spellings.items() if wanted(name)} or spellings
    by_name = Counter()
    for name, count in spellings.items():
        by_name[name.casefold()] += count
    winner = most_common(by_name)
    name = most_common({name: count for name, count in spellings.items() if name.casefold() == winner})
    return title_case(name) if name.isupper() and " " in name else name


def classify(part_name):
    for plan_class, patterns in CLASSES:
        if any(fnmatch.fnmatchcase(part_name, pattern) for pattern in patterns):
            return plan_class
    return "other"


def read(path):
    """The rows as two tables: spellings per plan and per product, and which plans a product holds."""
    plans, products = defaultdict(lambda: (Counter(), Counter())), defaultdict(lambda: (Counter(), Counter(), set()))
    text = Path(path).read_text(encoding="utf-8-sig")
    for row in csv.DictReader(io.StringIO(text)):
        plan, product = guid(row["Service_Plan_Id"]), guid(row["GUID"])
        plans[plan][0][clean(row["Service_Plan_Name"])] += 1
        plans[plan][1][clean(row["Service_Plans_Included_Friendly_Names"])] += 1
        products[product][0][clean(row["String_Id"])] += 1
        products[product][1][clean(row["Product_Display_Name"])] += 1
        products[product][2].add(plan)
    return plans, products


def correct(corrections, key, chosen):
    """What is right for `key`. A correction whose error has gone from the source must go too."""
    expected, right = corrections.get(key, (chosen, chosen))
    if expected != chosen:
        sys.exit(f"{key}: the correction expects {expected!r}, the source now gives {chosen!r}")
    return right


def plan_rows(plans):
    for plan, (part_names, names) in plans.items():
        part_name = correct(PLAN_PART_NAMES, plan, most_common(part_names))
        name = correct(PLAN_NAMES, plan, choose_name(names, part_name))
        yield part_name, plan, classify(part_name), name


def product_rows(products):
    for product, (part_numbers, names, plans) in products.items():
        name = correct(PRODUCT_NAMES, product, most_common(names))
        yield most_common(part_numbers), product, name, " ".join(sorted(plan[:8] for plan in plans))


def table(heading, rows):
    rows = sorted(rows, key=lambda row: (row[0].casefold(), row[1]))
    return "".join("\t".join(row) + "\n" for row in [heading, *rows])


def make(path):
    plans, products = read(path)
    if len({plan[:8] for plan in plans}) != len(plans):
        sys.exit("two plans begin with the same eight digits: the products can no longer name them so")
    unused = (PRODUCT_NAMES.keys() - products.keys()) | ((PLAN_NAMES.keys() | PLAN_PART_NAMES.keys()) - plans.keys())
    if unused:
        sys.exit(f"corrections for ids that are no longer in the source: {sorted(unused)}")
    return {
        "service-plans.tsv": table(("part name", "id", "class", "name"), plan_rows(plans)),
        "products.tsv": table(("part number", "id", "name", "plans (first eight digits)"), product_rows(products)),
    }


def check(files):
    stale = False
    for name, text in files.items():
        old = (HERE / name).read_text(encoding="utf-8").splitlines(keepends=True)
        diff = list(difflib.unified_diff(old, text.splitlines(keepends=True), name, f"{name} as it would be made"))
        sys.stdout.writelines(diff)
        stale = stale or bool(diff)
    return 1 if stale else 0


def main(arguments):
    paths = [argument for argument in arguments if argument != "--check"]
    if len(paths) != 1:
        sys.exit(__doc__)
    files = make(paths[0])
    if "--check" in arguments:
        return check(files)
    for name, text in files.items():
        (HERE / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
