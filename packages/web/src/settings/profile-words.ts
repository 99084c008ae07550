import type { Profile } from "@trellis/domain/plan/plan";

export const settingWords: Record<Profile["setting"], string> = {
  office_outpatient: "Office or outpatient practice",
  hospital_outpatient: "Hospital outpatient",
  cmhc: "Community mental health center",
  php: "Partial hospitalization",
  iop: "Intensive outpatient",
  inpatient_psych: "Inpatient psychiatry",
  psych_u21: "Inpatient psychiatry, under 21",
  ccbhc: "Certified community behavioral health clinic",
  hcbs_1915i: "Home and community-based services",
  sud_program: "Substance use program",
  otp: "Opioid treatment program",
};

export const payerWords: Record<Profile["payers"][number]["type"], string> = {
  commercial: "Commercial insurance",
  medicare: "Medicare",
  medicaid: "Medicaid",
  "self-pay": "Private payment",
};
export const accreditorWords: Record<Profile["accreditors"][number], string> = {
  tjc: "The Joint Commission",
  carf: "CARF",
  coa: "COA",
  ncqa: "NCQA",
};
